x1 = 3
z1 = add(x1, x1
f = square(z1)
