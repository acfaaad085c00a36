xs = [1, 2]
s = 0
for x, y in xs { s += x*y }
