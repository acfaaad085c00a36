f(n) = n * f(n - 1)
print f(3)
