f(x, y) = x + y
z = f(1, 2, 3)
