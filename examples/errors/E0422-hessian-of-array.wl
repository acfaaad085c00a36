x = [1, 2]
y = x^3
print hessian(y, x)
