slope(a) = { y = a^2; grad(y, a) }
print slope(3)
