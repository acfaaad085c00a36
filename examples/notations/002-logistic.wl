# One step of minibatch logistic regression: the gradient of the loss in matrix form is Xbᵀ (p - y), so that
# the lecture adds Xbᵀ (y - p) times the rate. Eight samples of three features.

set digits 6
Xb = [[-1.06, 0.96, -0.6], [-0.82, -0.79, 0.68], [1.1, 1.46, -0.44], [0.1, -1.53, -0.68],
      [-0.9, -0.5, 0.81], [0.23, 0.91, -0.81], [-0.87, 0.15, -0.4], [0.7, -0.29, 0.39]]
y = [[1, 1, 0, 0, 0, 0, 0, 1]].T
w = [[-0.26, -0.45, -0.16]].T
s = Xb @ w
p = sigmoid(s)
loss = crossEnt(y, p) + crossEnt(1 - y, 1 - p)

trace loss wrt w notation names
derive loss wrt w
grad_w = grad(loss, w)
print "Xb.T @ (p - y) is the gradient:", max(abs(grad_w - Xb.T @ (p - y))) < 1e-14
print "grad = Xb.T.dot(y - p) * 1/B = {-grad_w.T/8:.6f}"
print "w = w + grad*rate = {(w - 0.5*grad_w/8).T:.6f}"
