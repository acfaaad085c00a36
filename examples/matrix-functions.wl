# Functions of matrices and their derivatives: determinant, logarithm of the determinant, inverse,
# exponential, logarithm. The determinant has its slope, the adjugate, where the matrix is singular too.
A = [[2, 1, 0], [1, 3, 1], [0, 1, 2]]
print "det {det(A):.6f}  logdet {logdet(A):.9f}  trace {trace(A)}  norm {norm(A):.9f}"

d = det(A)
print "d det / dA = det(A) inv(A).T"
print "{grad(d, A):.6f}"
print "{d * inv(A).T:.6f}"

S = [[1, 2], [2, 4]]
s = det(S)
g = grad(s, S)
print "a singular matrix: det", s, "and its slopes"
print g
# The second derivative is right there too: g[0, 0] is S[1, 1].
print grad(g[0, 0], S)

l = logdet(A)
print "d logdet / dA = inv(A).T"
print "{grad(l, A):.9f}"

# The exponential of t B turns by the angle t; its slope is B expm(t B).
B = [[0, -1], [1, 0]]
t = 0.5
R = expm(t*B)
print "expm: a turn by 0.5"
print "{R:.9f}"
print "{jvp(R, t = 1):.9f}"
print "{B @ R:.9f}"

# logm undoes it, so the slope of logm(expm(X)) by X is 1 for each element.
X = [[0.1, 0.4], [-0.2, 0.3]]
Y = logm(expm(X))
print "logm(expm(X)) - X", norm(Y - X) < 1e-14
print "its Jacobian is the unit", norm(jacobian(Y, X) - reshape(eye(4), [2, 2, 2, 2])) < 1e-12

# A positive definite matrix: its Cholesky factor solves from the top, then from the bottom.
b = [1, 2, 4]
L = cholesky(A)
x = solveupper(L.T, solvelower(L, b))
print "{x:.9f}"
print "{solve(A, b):.9f}"
w = x[0] + 2*x[2]
print "{grad(w, b):.9f}"
trace w wrt b
