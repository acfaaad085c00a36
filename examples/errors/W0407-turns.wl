x = 3
y = 1
repeat x { y = x*y }
print grad(y, x)
