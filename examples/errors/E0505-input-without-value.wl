input x1
f = square(x1)
print f
