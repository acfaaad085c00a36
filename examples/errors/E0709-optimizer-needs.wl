w = 1
E = (w - 2)^2
minimize E over w by sgd for 10 steps
