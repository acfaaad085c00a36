x = [1, 2]
y = x^2
print complexstep(y, x, [1e-8, 1e-9])
