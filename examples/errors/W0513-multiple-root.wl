F(x) = x^2
x = root(F, 1)
