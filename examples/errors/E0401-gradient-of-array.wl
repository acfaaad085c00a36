x = [1, 2]
y = x^2
g = grad(y, x)
