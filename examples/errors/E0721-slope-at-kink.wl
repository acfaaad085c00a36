set kinks error
x = 0
y = abs(x)
print grad(y, x)
