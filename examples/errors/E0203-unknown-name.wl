z1 = 3
f = square(zl)
