z1 = 1
x2 = 2
y = add(z1 x2)
