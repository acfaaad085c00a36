f(a, a) = a^2
print f(2, 3)
