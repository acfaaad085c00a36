A = [[1, 2], [3, 4]]
print sum(A, keepdims = 2)
