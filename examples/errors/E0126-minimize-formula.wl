x = 1
minimize (x - 3)^2 over x by sgd(rate = 0.1) for 100 steps
