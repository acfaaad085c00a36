x = 3
f = squre(x)
