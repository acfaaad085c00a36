x = 3
f = (2*x)^2
g = grad(f, 2*x)
