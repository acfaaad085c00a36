x = 3
f = square(x)
trase f
