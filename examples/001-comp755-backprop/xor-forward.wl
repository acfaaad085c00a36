# Forward propagation, h^l = f(W^l h^{l-1} + b^l), layer by layer through a tuple of weights, for the
# XOR network of the lecture:
#
#   h1 = sigma(F (-0.5 + x1 - x2))   h2 = sigma(F (-0.5 - x1 + x2))   y = sigma(F (-0.5 + h1 + h2))
#
# The lecture's table has 0 and 1 for these, which is the limit of large F; with F = 5, as the
# notebook runs it, the outputs are 0.149 and 0.893.

forward_prop(x, f, Ws, bs) = {
  h = x
  for Wl, bl in Ws, bs { h = f(Wl @ h + bl) }
  h
}

F = 5
Ws = (F*[[1, -1], [-1, 1]], F*[[1, 1]])
bs = (F*[[-0.5], [-0.5]], F*[[-0.5]])
for x1 in [0, 1] {
  for x2 in [0, 1] {
    y = forward_prop([[x1], [x2]], sigmoid, Ws, bs)
    print "Input:  [[ {x1}.  {x2}.]] Output:  {y[0, 0]:.12g}"
  }
}

# the table, for F large
X = [[0, 1, 0, 1], [0, 0, 1, 1]]
print "x1 =", X[0]
print "x2 =", X[1]
h = sigmoid(40*[[1, -1], [-1, 1]] @ X - 20)
print "h1 = {h[0]:.0f}"
print "h2 = {h[1]:.0f}"
print "y  = {sigmoid(40*(h[0] + h[1]) - 20):.0f}"
