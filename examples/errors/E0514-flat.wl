F(x, b) = x^2 - b
x = root(F, 0, 2)
