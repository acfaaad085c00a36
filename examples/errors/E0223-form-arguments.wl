x = 3
f = x^2
g = grad(f)
