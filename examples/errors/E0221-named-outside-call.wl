f(x) = x^2
d = f'(x = 3)
