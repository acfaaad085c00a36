w = 1
E = w^4
minimize E over w by sgd(rate = 1) for 20 steps
