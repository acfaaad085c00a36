# The lecture's gradient check: finite differences beside the gradient, for each weight of a 2-2-1 net
# at x = (1, 1), y = 0. The notebook ran this cell after its training cell, on the same stream of
# random numbers, so its weights are the draws that come next. The differences are central, with half
# of eps on either side; all seventeen digits are the printed ones, rounding noise included. That takes
# the notebook's own operations in its own order, so its sigmoid, which returns h and h*(1 - h), is a
# rule here.
#
# The check has weights only, no biases, and so it cannot find the mistake in the notebook's gradient
# of the biases. The last lines check these too.

# what the training cell draws: its weights, and 1000 samples
seed(1)
_ = randn(2, 2)
_ = randn(1, 2)
_ = randn(2, 1)
_ = randn(1, 1)
_ = rand(2, 1000)
_ = randn(2, 1000)

rule f(z) = 1/(1 + exp(-z)) { d/dz = f*(1 - f) }
x = [[1], [1]]
y = [[0]]
W1 = 0.1*randn(2, 2)
W2 = 0.1*randn(1, 2)
b1 = 0.1*randn(2, 1)
b2 = 0.1*randn(1, 1)

h1 = f(W1 @ x + b1)
yhat = f(sum(W2.T*h1) + b2)    # W2 h1, product by product
loss = 0.5*sum((yhat - y)^2)
dW1, dW2, db1, db2 = grad(loss, W1, W2, b1, b2)

eps = 1e-7
fd1 = difference(loss, W1, eps/2, "central")
fd2 = difference(loss, W2, eps/2, "central")
for i in 0..1 {
  for j in 0..1 { print "({fd1[i, j]:.17g}, {dW1[i, j]:.17g})" }
}
for j in 0..1 { print "({fd2[0, j]:.17g}, {dW2[0, j]:.17g})" }

print "the biases"
fb1 = difference(loss, b1, 1e-5, "central")
fb2 = difference(loss, b2, 1e-5, "central")
print "difference {fb1.T:.8f}, gradient {db1.T:.8f}"
print "difference {fb2:.8f}, gradient {db2:.8f}"
print "the notebook gives both of the first layer {db1[1, 0]:.8f}"
