xs = [1, 2, 3]
ys = [1, 2]
s = 0
for x, y in xs, ys { s += x*y }
