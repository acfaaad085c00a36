# A square system: as many equations as unknowns. F(x, b) = A x + x o x o x - b = 0 for x in R^3, and
# its Jacobian dx/db = -(dF/dx)^-1 dF/db = (A + 3 diag(x o x))^-1.

A = [[4, 1, 0.5], [1, 3, -1], [0.5, -1, 5]]
b = [1, 2, 3]
F(x, b) = A @ x + x^3 - b
x = root(F, [0, 0, 0], b)
print "x = {x:.9f}"
print "largest residual below 1e-12:", max(abs(F(x, b))) < 1e-12
J = jacobian(x, b)
print "dx/db by the list\n{J:.9f}"
print "dx/db by the theorem\n{inv(A + 3*diag(x^2)):.9f}"

# A loss of the answer is differentiated through it: dL/db = J^T dL/dx
L = sum(x^2)
print "dL/db by the list    {grad(L, b):.9f}"
print "dL/db by the theorem {J.T @ (2*x):.9f}"
