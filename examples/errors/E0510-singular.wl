A = [[1, 2], [2, 4]]
x = solve(A, [1, 2])
print x
