f(x) = x^2
print f(y = 3)
