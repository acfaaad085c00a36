x = 1.5
y = x*floor(x)
print complexstep(y, x)
