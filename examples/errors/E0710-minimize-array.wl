w = [1, 2]
E = (w - 2)^2
minimize E over w by sgd(rate = 0.1) for 10 steps
