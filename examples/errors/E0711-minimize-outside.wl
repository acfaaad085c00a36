w = 1
E = (w - 2)^2
repeat 3 { minimize E over w by sgd(rate = 0.1) for 10 steps }
