x = 3
w = 1
E = (w - x)^2
minimize E over w by sgd(rate = 0.1) batch 2 of x for 10 steps
