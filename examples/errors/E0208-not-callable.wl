f(g) = g(2)
print f(3)
