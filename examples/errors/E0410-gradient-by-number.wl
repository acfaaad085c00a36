slope(y, x) = grad(y, x)
print slope(3^2, 3)
