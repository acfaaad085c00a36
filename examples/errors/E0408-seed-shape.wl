x = [1, 2]
y = x^2
d = jvp(y, x = 1)
