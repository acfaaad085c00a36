F(x, b) = b^2 - 4
x = root(F, 1, 2)
