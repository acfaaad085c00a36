x = 3
trace (x^2 + 1) wrt x
