# Training, as the lecture's notebook does it: a 2-2-1 net learns exclusive or from 1000 noisy samples
# in 200 steps of gradient descent (rate 0.03), one sample at a time, 200,000 passes forward and in
# reverse. The random numbers are NumPy's after np.random.seed(1), so the weights are the printed
# ones, to all digits.
#
# They need the notebook's bug: compute_gradients gives every bias of a layer the gradient of its
# last unit, so b1[0] - b1[1] never changes. training-corrected.wl gives each its own.

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

eta = 0.03
Es = zeros(200)
for it in 0..199 {
  E = 0
  dW1, db1, dW2, db2 = zeros(2, 2), zeros(2, 1), zeros(1, 2), zeros(1, 1)
  for t in 0..N - 1 {
    xt = x[.., [t]]
    h1 = sigmoid(W1 @ xt + b1)
    yhat = sigmoid(W2 @ h1 + b2)
    loss = 0.5*sum((yhat - y[t])^2)
    gW1, gb1, gW2, gb2 = grad(loss, W1, b1, W2, b2)
    dW1 += gW1
    db1 += gb1[1, 0]              // the bug: the last unit's for both
    dW2 += gW2
    db2 += gb2
    E += loss
  }
  W1 -= eta*dW1
  b1 -= eta*db1
  W2 -= eta*dW2
  b2 -= eta*db2
  Es[it] = E
}

print "b1[0] - b1[1] after:  {b1[0, 0] - b1[1, 0]:.8f}"
print "E at 0: {Es[0]:.4f}, at 4: {Es[4]:.4f}, at 199: {Es[199]:.6f}"
plot Es over 0..199 xlabel "iterations" ylabel "E"
set digits 8
print "First layer weights:"
print W1
print "First layer biases:"
print b1
print "Second layer weights:"
print W2
print "Second layer biases:"
print b2
for x1 in [0, 1] {
  for x2 in [0, 1] {
    output = sigmoid(W2 @ sigmoid(W1 @ [[x1], [x2]] + b1) + b2)
    print "Input:  [[ {x1}.  {x2}.]] Output:  {output[0, 0]:.12g}"
  }
}
