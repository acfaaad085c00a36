# "Back-propagation: putting it together", equations (28) to (36), for one sample, x = (1, 1) and
# y = 0, through the XOR network with F = 5: forward, backward, gradients.
#
# (The lecture's slides drop a d in front of yhat in (14) to (21), and write dh^L for dh^l in (26) and
# (27); its sums in (24), (35) and (36) are for one sample, E is the sum over all.)

F = 5
W1 = F*[[1, -1], [-1, 1]]
b1 = F*[[-0.5], [-0.5]]
W2 = F*[[1, 1]]
b2 = F*[[-0.5]]
h0 = [[1], [1]]
y = 0

print "1. Run forward prop"
z1 = W1 @ h0 + b1
h1 = sigmoid(z1)
z2 = W2 @ h1 + b2
h2 = sigmoid(z2)
loss = 1/2*sum((y - h2)^2)
print "  h^0 = x                    = {h0.T:.6f}T"
print "  z^1 = W^1 h^0 + b^1        = {z1.T:.6f}T"
print "  h^1 = f(z^1)               = {h1.T:.6f}T"
print "  z^2 = W^2 h^1 + b^2        = {z2:.6f}"
print "  h^2 = f(z^2)               = {h2:.6f}"
print "  loss = 1/2 (y - yhat)^2    = {loss:.6f}"

print "2. Run backward prop"
d2 = h2 - y
d1 = sum(d2 * sigmoid'(z2) * W2, axis = 0, keepdims = 1).T
d0 = sum(d1 * sigmoid'(z1) * W1, axis = 0, keepdims = 1).T
print "  dloss/dh^2_i = dloss/dyhat dyhat/dh^2_i                       = {d2:.6f}"
print "  dloss/dh^1_j = sum_i dloss/dh^2_i f'(z^2_i) w^2_ij             = {d1.T:.6f}"
print "  dloss/dh^0_j = sum_i dloss/dh^1_i f'(z^1_i) w^1_ij             = {d0.T:.6f}"

print "3. Compute gradients"
print "  dE/dw^1_ij = dloss/dh^1_i f'(z^1_i) h^0_j =\n{d1 * sigmoid'(z1) @ h0.T:.6f}"
print "  dE/db^1_i  = dloss/dh^1_i f'(z^1_i) =\n{(d1 * sigmoid'(z1)).T:.6f}"
print "  dE/dw^2_ij = dloss/dh^2_i f'(z^2_i) h^1_j =\n{d2 * sigmoid'(z2) @ h1.T:.6f}"
print "  dE/db^2_i  = dloss/dh^2_i f'(z^2_i) =\n{d2 * sigmoid'(z2):.6f}"

gW1, gb1, gW2, gb2 = grad(loss, W1, b1, W2, b2)
print "The list's gradients, W^1, b^1, W^2, b^2\n{gW1:.6f}\n{gb1.T:.6f}\n{gW2:.6f}\n{gb2:.6f}"
