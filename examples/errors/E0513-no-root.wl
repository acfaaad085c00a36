F(x) = x^2 + 1
x = root(F, 3)
