f(x) = sum(x^2)
d = f'([1, 2])
