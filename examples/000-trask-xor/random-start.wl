# Trask's net with one hidden layer, which learns exclusive or:
#
#   Y1 = sigma(X0 W1),   y2 = sigma(Y1 w2),   E = 1/2 |y0 - y2|^2
#
# trained twice from the same random start (NumPy's generator, seed 1): first with the two
# updates as they were written by hand, then with the gradient that the list derives.
# Both print the same tables. The weights shown are those before the update of the iteration
# named, the output is what they give.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T

seed(1)
W1start = 2*random([3, 4]) - 1
w2start = 2*random([4, 1]) - 1

# 1. Trask's own updates
W1 = W1start
w2 = w2start
for j in 0..5999 {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  if (j >= 597 and j <= 599) or j >= 5997 {
    print "ITERATION {j}\nWeight1\n{W1:.3f}\nweight2\n{w2:.3f}\noutput\n{y2:.3f}"
  }
  dy2 = (y0 - y2) * (y2*(1 - y2))
  dY1 = dy2 @ w2.T * (Y1*(1 - Y1))
  w2 += Y1.T @ dy2
  W1 += X0.T @ dY1
}

# 2. The same, with the gradient of E
print ""
print "with grad(E, W1, w2)"
W1 = W1start
w2 = w2start
for j in 0..5999 {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  E = 1/2 * sum((y0 - y2)^2)
  if (j >= 597 and j <= 599) or j >= 5997 {
    print "ITERATION {j}\nWeight1\n{W1:.3f}\nweight2\n{w2:.3f}\noutput\n{y2:.3f}"
  }
  dW1, dw2 = grad(E, W1, w2)
  W1 -= dW1
  w2 -= dw2
}
