x = 3
y = 4
f = x^2
g = grad(f, y)
