# Question 2: matrix calculus. First phi(x; W) = v^T f(W g(x)), where f and g map vectors to vectors:
#
#   dphi/dW_ij = sum over l of v_l df_l/dz_i g_j      grad_W phi = (df/dz)^T v g(x)^T
#
# (The solution writes (grad f)^T v . g(x), without the transpose that makes it a matrix, and sums
# over k, l, where the sum is over l.) Then the net yhat = W3 s(W2 s(W1 x)), E = (y - yhat)^2, with
# H1 = W1 x and H2 = W2 s(H1):
#
#   grad_W3 E = -2 (y - yhat) s(H2)^T
#   grad_W2 E = -2 (y - yhat) diag(s'(H2)) W3^T s(H1)^T
#   grad_W1 E = -2 (y - yhat) diag(s'(H1)) W2^T diag(s'(H2)) W3^T x^T
#
# The solution has W3^T diag(s'(H2)) for the first, and puts the transposes of the others so that
# the shapes do not fit. Each line below compares the corrected formula with the list's gradient.

# phi, with f(z) = (z0 z1, sin z1, exp z0) and g(x) = (x0^2, x0 x1, cos x1)
g(x) = [x[0]^2, x[0]*x[1], cos(x[1])]
f(z) = [z[0]*z[1], sin(z[1]), exp(z[0])]
x = [0.6, -0.9]
W = [[0.4, -0.7, 0.2], [1.1, 0.3, -0.5]]
v = [0.5, -1, 2]
z = W @ g(x)
phi = v @ f(z)
J = jacobian(f)(z)
print "grad_W phi by the formula\n{outer(J.T @ v, g(x)):.9f}"
print "grad_W phi by the list\n{grad(phi, W):.9f}"

# the net, with the logistic function
s(z) = sigmoid(z)
x = [[0.6], [-0.9]]
y = 1.5
W1 = [[0.2, -0.4], [0.7, 0.1], [-0.3, 0.9]]
W2 = [[0.5, -0.6, 0.8], [0.1, 1.2, -0.7]]
W3 = [[0.9, -1.1]]
H1 = W1 @ x
H2 = W2 @ s(H1)
yhat = W3 @ s(H2)
E = sum((y - yhat)^2)
G1, G2, G3 = grad(E, W1, W2, W3)
d = -2*(y - yhat)
F3 = d @ s(H2).T
F2 = diag(s'(H2)[.., 0]) @ W3.T @ d @ s(H1).T
F1 = diag(s'(H1)[.., 0]) @ W2.T @ diag(s'(H2)[.., 0]) @ W3.T @ d @ x.T
print "grad_W3 E\n{F3:.9f}\n{G3:.9f}"
print "grad_W2 E\n{F2:.9f}\n{G2:.9f}"
print "grad_W1 E\n{F1:.9f}\n{G1:.9f}"
print "largest differences below 1e-15:"
print max(abs(F1 - G1)) < 1e-15, max(abs(F2 - G2)) < 1e-15, max(abs(F3 - G3)) < 1e-15
