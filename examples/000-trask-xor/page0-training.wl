# Page 0: Trask's net and its training loop, as the talk distils them. The net maps the four pairs
# of truth values (each row ends in a 1, the bias) to their exclusive or:
#
#   y2 = sigma(sigma(X0 W1) w2)        y = 1/2 |y0 - y2|^2
#
# The two updates were found by hand. dy2 and dY1 are taken before either weight moves, and both
# weights are stepped with +=, so what is added must be minus the gradient of y: the last lines ask
# the list for that gradient at the start, and it is.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T

seed(1)
W1start = 2*random([3, 4]) - 1
w2start = 2*random([4, 1]) - 1

W1 = W1start
w2 = w2start
for jj in 0..599 {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  dy2 = (y0 - y2) * y2 * (1 - y2)
  dY1 = dy2 @ w2.T * Y1 * (1 - Y1)
  w2 += Y1.T @ dy2
  W1 += X0.T @ dY1
}
print "output after 600 iterations"
print "{y2:.3f}"

# The same two increments by reverse differentiation, at the start
W1 = W1start
w2 = w2start
Y1 = sigma(X0 @ W1)
y2 = sigma(Y1 @ w2)
y = 1/2 * sum((y0 - y2)^2)
gw2, gW1 = grad(y, w2, W1)
dy2 = (y0 - y2) * y2 * (1 - y2)
dY1 = dy2 @ w2.T * Y1 * (1 - Y1)
print "minus the gradient by w2, and Trask's increment"
print "{-gw2.T:.4f}"
print "{(Y1.T @ dy2).T:.4f}"
print "minus the gradient by W1, and Trask's increment"
print "{-gW1:.4f}"
print "{X0.T @ dY1:.4f}"
