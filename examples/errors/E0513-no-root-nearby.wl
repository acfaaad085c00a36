F(x) = x^2 + 1e-12
x = root(F, 1)
