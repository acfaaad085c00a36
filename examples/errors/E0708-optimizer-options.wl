w = 1
E = (w - 2)^2
minimize E over w by sgd(0.1, 1e-6, 3) for 10 steps
