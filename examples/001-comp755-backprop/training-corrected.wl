# The training of training.wl from the same start, with the right gradient of the biases: each bias its
# own (eq. 46), where the notebook's compute_gradients gives all of a layer the last unit's. Its gradient
# check tests the weights only and so cannot see it. The net ends elsewhere, and a little better.
#
# All 1000 samples go through the net at once here, as the columns of x: E is their sum, and the gradient
# of a sum is the sum of gradients. `minimize` takes the 200 steps, and keeps E of each in E_history.

seed(1)
W1 = 0.5*randn(2, 2)
W2 = 0.5*randn(1, 2)
b1 = 0.5*randn(2, 1)
b2 = 0.5*randn(1, 1)
print "b1[0] - b1[1] before: {b1[0, 0] - b1[1, 0]:.8f}"

N = 1000
x = rand(2, N) > 0.5
x = x + 0.1*randn(2, N)
y = (x[0] > 0.5) != (x[1] > 0.5)

h1 = sigmoid(W1 @ x + b1)
yhat = sigmoid(W2 @ h1 + b2)
E = 0.5*sum((yhat - y)^2)
minimize E over W1, b1, W2, b2 by sgd(rate = 0.03) for 200 steps

print "b1[0] - b1[1] after:  {b1[0, 0] - b1[1, 0]:.8f}"
print "E at 0: {E_history[0]:.4f}, at 199: {E_history[199]:.6f}"
print "First layer weights:\n{W1:.7f}"
print "First layer biases:\n{b1:.7f}"
print "Second layer weights:\n{W2:.7f}"
print "Second layer biases:\n{b2:.7f}"
for x1 in [0, 1] {
  for x2 in [0, 1] {
    output = sigmoid(W2 @ sigmoid(W1 @ [[x1], [x2]] + b1) + b2)
    print "Input:  [[ {x1}.  {x2}.]] Output:  {output[0, 0]:.8f}"
  }
}
