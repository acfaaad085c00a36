w = 1
E = (w - 2)^2
minimize E over w by sgd(speed = 0.1) for 10 steps
