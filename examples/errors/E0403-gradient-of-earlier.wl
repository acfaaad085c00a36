x = 3
f = x^2
x = 4
g = grad(f, x)
