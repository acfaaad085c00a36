x = 2
a, a = x, x^2
