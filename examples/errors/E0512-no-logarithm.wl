A = [[-1, 0], [0, 2]]
L = logm(A)
print L
