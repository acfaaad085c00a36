A = [[1, 2], [2, 1]]
L = cholesky(A)
print L
