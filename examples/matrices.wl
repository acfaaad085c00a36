# Arrays: how they are written, what is element by element and what is not.

A = [[1, 2], [3, 4]]
v = [5, 6]
print A @ v
print A * A
print A @ A
print A.T

# Element-wise operations stretch their operands, as NumPy does: a row is added to every row.
print A + [[10, 20]]
print A + 100

# Reductions go over everything, or along an axis.
print sum(A), mean(A), max(A)
print sum(A, axis = 0), sum(A, axis = 1, keepdims = 1)

# Gradients have the shape of what they are taken by. Of a sum of squares:
E = sum((A @ v)^2)
dA, dv = grad(E, A, v)
print dA
print dv

# The operand that was stretched gets the sum over what it was stretched along.
c = [[1, 1]]
L = sum((A + c)^2)
print grad(L, c)

# Solving, and the derivative of a solution: d(log det A)/dA is the transposed inverse.
print solve(A, v)
B = [[4, 1], [1, 3]]
d = log(det(B))
print "{grad(d, B):.8f}"
print "{inv(B).T:.8f}"
