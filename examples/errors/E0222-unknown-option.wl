A = [[1, 2], [3, 4]]
s = sum(A, axes = 0)
