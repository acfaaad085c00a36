w = 1
E = w^2
minimize E over w over w by sgd(rate = 0.1) for 10 steps
