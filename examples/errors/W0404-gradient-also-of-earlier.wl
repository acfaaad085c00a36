x = 3
a = x^2
x = 4
f = a*x
g = grad(f, x)
