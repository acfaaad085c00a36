w = 1
E = w^2
minimize E over w by sgd(rate = 0.1)
