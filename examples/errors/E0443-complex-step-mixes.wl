f(x) = sum(x)*x
print complexstep(f, [1, 2])
