# Backpropagation in matrix-vector notation (Michael Nielsen), layers 2-3-2, C = 1/2 |a^L - y|^2:
#
#   a^l = sigma(w^l a^{l-1} + b^l)
#   delta^L = (a^L - y) o sigma'(z^L)        delta^l = ((w^{l+1})T delta^{l+1}) o sigma'(z^l)
#   dC/db^l = delta^l                        dC/dw^l = delta^l (a^{l-1})T
#
# The loop runs up through the layers, then down; the last lines ask the list for the same.

w = ([[0.47, -0.68], [0.24, -1.7], [0.75, -1.53]], [[0.01, -0.12, -0.81], [2.87, -0.6, 0.47]])
b = ([[1.1], [-1.22], [1.34]], [[-0.12], [1.01]])
x = [[0.5], [-1]]
y = [[1], [0]]

a = (x,)
z = (x,)
for l in 1..2 {
  z = append(z, w[l - 1] @ a[l - 1] + b[l - 1])
  a = append(a, sigma(z[l]))
}
C = 1/2 * sum((a[2] - y)^2)
print "a^0 = x = {a[0].T:.6f}T"
print "z^1 = w^1 a^0 + b^1 = {z[1].T:.6f}T"
print "a^1 = sigma(z^1) = {a[1].T:.6f}T"
print "z^2 = w^2 a^1 + b^2 = {z[2].T:.6f}T"
print "a^2 = sigma(z^2) = {a[2].T:.6f}T"
print "C = {C:.6f}"

delta = (a[2] - y) * sigma'(z[2])
dw2 = delta @ a[1].T
db2 = delta
print "delta^2 = {delta.T:.6f}T"
delta = w[1].T @ delta * sigma'(z[1])
dw1 = delta @ a[0].T
db1 = delta
print "delta^1 = {delta.T:.6f}T"
print "dC/db^2 = {db2.T:.6f}T"
print "dC/db^1 = {db1.T:.6f}T"
print "dC/dw^2 =\n{dw2:.6f}"
print "dC/dw^1 =\n{dw1:.6f}"

dw, db = grad(C, w, b)
print "grad(C, w, b) gives the same:"
print max(abs(dw[0] - dw1)) < 1e-15, max(abs(dw[1] - dw2)) < 1e-15
print max(abs(db[0] - db1)) < 1e-15, max(abs(db[1] - db2)) < 1e-15
