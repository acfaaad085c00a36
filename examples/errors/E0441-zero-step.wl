x = 1.5
y = x^2
print complexstep(y, x, 0)
