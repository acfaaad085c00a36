v = [1, 2]
s = v.sum
