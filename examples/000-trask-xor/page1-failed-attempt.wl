# Page 1, which the talk says to ignore: a first reverse differentiation that "derailed", with the
# names v00 for W1 and av5 … av0, av00 for the adjoints. Two things in it are at fault: the product
# with w2 stands on the wrong side, and the squashing's derivative is not transposed with the rest.
#
# Adjoints are rows on the page (dy/dv has the shape of v, transposed). With products of matrices
# and products element by element in one formula, only the shapes keep them apart:
#
#   av2 = av3 v0      is (1,4) times (4,1): one number, where v2 has sixteen elements
#   av2 = v0 av3      is (4,1) times (1,4): the change of y along every one of them
#
# Below is the page with these two mended; the last lines compare it with what the list derives.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
seed(1)
W1 = 2*random([3, 4]) - 1
w2 = 2*random([4, 1]) - 1

v00 = W1
v0 = w2
v1 = X0 @ v00
v2 = Y1 = sigma(v1)              ;; dv2/dv1 = *v2*(1-v2)
v3 = v2 @ v0                     ;; dv3/dv2 h = h v0, dv3/dv0 k = v2 k
v4 = y2 = sigma(v3)              ;; dv4/dv3 = *v4*(1-v4)
v5 = y = 1/2 * sum((y0 - v4)^2)

av5 = 1                          ;; a number
av4 = av5 * (v4 - y0).T          ;; (1,4)
av3 = av4 * (v4*(1 - v4)).T      ;; (1,4)
av2 = v0 @ av3                   ;; (4,4)
av1 = av2 * (v2*(1 - v2)).T      ;; (4,4)
av0 = av3 @ v2                   ;; (1,4)
av00 = av1 @ X0                  ;; (4,3)

print "what the page finds for W1, and minus Trask's increment"
print "{av00.T:.4f}"
yy2 = (y0 - y2) * (y2*(1 - y2))
print "{-X0.T @ (yy2 @ w2.T * (Y1*(1 - Y1))):.4f}"
g4, g3, g2, g1, g0, g00 = grad(y, v4, v3, v2, v1, v0, v00)
print "largest differences from the list's own adjoints are below 1e-15:"
print max(abs(av4.T - g4)) < 1e-15, max(abs(av3.T - g3)) < 1e-15, max(abs(av2.T - g2)) < 1e-15
print max(abs(av1.T - g1)) < 1e-15, max(abs(av0.T - g0)) < 1e-15, max(abs(av00.T - g00)) < 1e-15
