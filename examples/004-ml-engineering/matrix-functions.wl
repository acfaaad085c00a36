# Functions of matrices and their derivatives: det, logdet, inv, exp and log of a matrix, each against
# the rule one finds in tables (matrixcalculus.org):
#
#   d det(A) = det(A) A^-T      d logdet(A) = A^-T      d sum(C o A^-1) = -A^-T C A^-T
#
# and expm and logm against differences. Where A is singular, the derivative of det is the matrix of
# its cofactors.

A = [[2, 0.5, -0.3], [0.4, 1.5, 0.2], [-0.1, 0.3, 1.8]]
C = [[1, -1, 0.5], [0.2, 0.7, -0.4], [0.3, 0.1, 1]]

d = det(A)
print "det A = {d:.9f}"
print "gradient\n{grad(d, A):.9f}\ndet(A) A^-T\n{d*inv(A).T:.9f}"
l = logdet(A)
print "log det A = {l:.9f}"
print "gradient\n{grad(l, A):.9f}\nA^-T\n{inv(A).T:.9f}"
i = sum(C*inv(A))
print "sum of C o A^-1 = {i:.9f}"
print "gradient\n{grad(i, A):.9f}\n-A^-T C A^-T\n{-inv(A).T @ C @ inv(A).T:.9f}"

e = sum(C*expm(A))
ge = grad(e, A)
print "sum of C o exp A = {e:.9f}"
print "gradient\n{ge:.6f}\ncentral differences\n{difference(e, A, 1e-5):.6f}"
m = sum(C*logm(A))
gm = grad(m, A)
print "sum of C o log A = {m:.9f}"
print "gradient\n{gm:.6f}\ncentral differences\n{difference(m, A, 1e-5):.6f}"
print "log exp A is A:", max(abs(logm(expm(A)) - A)) < 1e-12

S = [[1, 2], [2, 4]]
print "a singular matrix: det = {det(S):g}, its gradient"
s = det(S)
print grad(s, S)
