v = [1, 2, 3]
s = 0
for n in 1..3 { s += v[n] }
print s
