w = 1
E = (w - 2)^2
minimize E over w by sdg(rate = 0.1) for 10 steps
