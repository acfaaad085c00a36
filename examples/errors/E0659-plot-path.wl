f(x, y) = x*y
plot f over x = [0, 1], y = [0, 1] path [1, 2, 3]
