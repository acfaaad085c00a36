f(x) = { return x, x^2 }
a, b, c = f(3)
