x = 1
y = 2
z = x*y
plot z over [0, 1], [0, 1]
