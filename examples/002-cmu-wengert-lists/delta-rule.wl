# Learning in the 1990s: squared error and the delta rule, with the deltas
#
#   delta_k = (t_k - a_k) a_k (1 - a_k)                     output layer
#   delta_j = sum_k (delta_k w_kj) a_j (1 - a_j)            hidden layer
#
# The slide steps the weights by w = w - eps delta a. With t - a in delta that goes uphill; the rule
# is w = w + eps delta a. The net is the one of nielsen-matrix-form.wl, eps = 0.5. (The slide's J has
# no 1/2, which only doubles eps.)

w1 = [[0.47, -0.68], [0.24, -1.7], [0.75, -1.53]]
w2 = [[0.01, -0.12, -0.81], [2.87, -0.6, 0.47]]
b1 = [[1.1], [-1.22], [1.34]]
b2 = [[-0.12], [1.01]]
a_i = [[0.5], [-1]]
t = [[1], [0]]
eps = 0.5

error(w1, w2) = 1/2 * sum((t - sigma(w2 @ sigma(w1 @ a_i + b1) + b2))^2)

a_j = sigma(w1 @ a_i + b1)
a_k = sigma(w2 @ a_j + b2)
delta_k = (t - a_k) * a_k * (1 - a_k)
delta_j = w2.T @ delta_k * a_j * (1 - a_j)

print "error before                  {error(w1, w2):.4f}"
print "after w = w - eps delta a     {error(w1 - eps*delta_j @ a_i.T, w2 - eps*delta_k @ a_j.T):.4f}"
print "after w = w + eps delta a     {error(w1 + eps*delta_j @ a_i.T, w2 + eps*delta_k @ a_j.T):.4f}"

g1, g2 = grad(error)(w1, w2)
print "delta a is minus the gradient:"
print max(abs(delta_j @ a_i.T + g1)) < 1e-15, max(abs(delta_k @ a_j.T + g2)) < 1e-15
