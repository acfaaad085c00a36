x1 = 3
z1 = add(x1)
