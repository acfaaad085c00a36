f(x, y) = x*y
d = f'(3, 4)
