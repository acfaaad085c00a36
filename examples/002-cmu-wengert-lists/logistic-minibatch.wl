# Vectorized minibatch logistic regression: p = 1/(1 + e^(-x.w)) for every row x of a batch at once,
# and a step along the gradient of log P(y | x, w), which is (y - p) x.
#
# The slide's code has three slips, mended here: its formula says e^(x.w) without the minus, its
# (-X.exp()+1).reciprocal() is 1/(1 - e^X), and Xb.dot(y - p).rowsum() does not fit; the gradient is
# Xb.T.dot(y - p) * (1/B).

Xb = [[-1.06, 0.96, -0.6], [-0.82, -0.79, 0.68], [1.1, 1.46, -0.44], [0.1, -1.53, -0.68],
      [-0.9, -0.5, 0.81], [0.23, 0.91, -0.81], [-0.87, 0.15, -0.4], [0.7, -0.29, 0.39]]
y = [[1, 1, 0, 0, 0, 0, 0, 1]].T
w = [[-0.26, -0.45, -0.16]].T
B = 8
rate = 0.5

logistic(X) = ((-X).exp() + 1).reciprocal()
p = logistic(Xb.dot(w))
grad = Xb.T.dot(y - p) * (1/B)
print "Xb.dot(w) =\n{Xb.dot(w).T:.6f}"
print "p = logistic(Xb.dot(w)) =\n{p.T:.6f}"
print "y - p =\n{(y - p).T:.6f}"
print "grad = Xb.T.dot(y - p) * 1/B =\n{grad.T:.6f}"

# The same from the list: the gradient of the log-likelihood
L = mean(y*log(p) + (1 - y)*log(1 - p))
print "grad(L, w) =\n{grad(L, w).T:.6f}"

w = w + grad*rate
print "w = w + grad*rate, rate = 0.5 =\n{w.T:.6f}"
