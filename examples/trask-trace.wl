# Trask's net again, one pass at its random start, written as its author's page writes it:
# v1 and v2 before the squashing and after, then the output v4 and the energy y.
#
# `trace y wrt w2, W1` prints the values, then the adjoints a5 … a1: the entries of the two
# updates are the last of them. An adjoint has the shape of its entry; the page writes
# each one as a row of derivatives, the transpose, so "-(a0)T" there is -dw2 here.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
W1 = [[-0.165955990594852, 0.4406489868843162, -0.9997712503653102, -0.39533485473632046],
      [-0.7064882183657739, -0.8153228104624044, -0.6274795772446582, -0.3088785459139045],
      [-0.20646505153866013, 0.07763346800671389, -0.1616109711934104, 0.370439000793519]]
w2 = [[-0.5910955005369651], [0.7562348727818908], [-0.9452248136041477], [0.34093502035680445]]

v1 = mul(X0, W1)
v2 = Y1 = sigma(v1)
v3 = mul(v2, w2)
v4 = y2 = sigma(v3)
v5 = y = 1/2 * sum((y0 - v4)^2)

trace y wrt w2, W1

# the same adjoints as the page has them, in rows and with its four digits
a4, a3, a2, a1, dw2, dW1 = grad(y, v4, v3, v2, v1, w2, W1)
print "y = {y:.6f}"
print "a4 = {a4.T:.4f}"
print "a3 = {a3.T:.4f}"
print "a2 ="
print "{a2.T:.4f}"
print "a1 ="
print "{a1.T:.4f}"
print "a0 = {dw2.T:.4f}"
print "a- ="
print "{dW1.T:.4f}"

# The updates by hand are the gradients, to the last bit but one: no sign is lost.
yy2 = (y0 - y2) * (y2*(1 - y2))
YY1 = yy2 @ w2.T * (Y1*(1 - Y1))
print "w2 += Y1.T @ yy2 is w2 -= dE/dw2:", max(abs(Y1.T @ yy2 + dw2)) < 1e-15
print "W1 += X0.T @ YY1 is W1 -= dE/dW1:", max(abs(X0.T @ YY1 + dW1)) < 1e-15
