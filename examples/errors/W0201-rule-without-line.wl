rule p(A, b) = A @ b { bar A = outer(bar, b) }
print p([[1, 2], [3, 4]], [1, 2])
