x = 1
y = exp(x)
print taylor(y, x = 1, 1000)
