A = [[1, 2], [3, 4]]
print sum(A, axis = 0, axis = 1)
