x = 2
y = x^2
print difference(y, x, 1e-5, "centre")
