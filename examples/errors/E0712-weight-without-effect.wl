w = 1
v = 1
E = (w - 2)^2
minimize E over v by sgd(rate = 0.1) for 10 steps
