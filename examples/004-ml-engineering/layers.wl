# Back propagation layer by layer: given dL/dh of a layer's output, the chain rule gives the gradient
# by its parameters (which gradient descent needs) and by its input (which the layer before needs).
#
#   linear      h = W x + b      dL/dW = dL/dh x^T    dL/db = dL/dh    dL/dx = W^T dL/dh
#   sigmoid     s = sigma(h)     dL/dh = dL/ds o s o (1 - s)
#
# (The notebook says "assuming that dh/dL is given": it is dL/dh.)

W = [[0.5, -0.2, 0.1], [0.3, 0.8, -0.6]]
x = [[1], [2], [-1]]
b = [[0.1], [-0.3]]
t = [[1], [0]]

h = W @ x + b
s = sigma(h)
L = sum((s - t)^2)
print "h = W x + b          = {h.T:.6f}T"
print "s = sigma(h)         = {s.T:.6f}T"
print "L = sum (s - t)^2    = {L:.6f}"

dLds = 2*(s - t)
dLdh = dLds * s * (1 - s)
dLdW = dLdh @ x.T
dLdx = W.T @ dLdh
print "dL/ds = 2 (s - t)            = {dLds.T:.6f}T"
print "dL/dh = dL/ds o s o (1 - s)  = {dLdh.T:.6f}T"
print "dL/dW = dL/dh xT =\n{dLdW:.6f}"
print "dL/db = dL/dh                = {dLdh.T:.6f}T"
print "dL/dx = WT dL/dh             = {dLdx.T:.6f}T"

gs, gh, gW, gb, gx = grad(L, s, h, W, b, x)
print "largest differences from the list's gradients are below 1e-15:"
print max(abs(gs - dLds)) < 1e-15, max(abs(gh - dLdh)) < 1e-15, max(abs(gW - dLdW)) < 1e-15
print max(abs(gb - dLdh)) < 1e-15, max(abs(gx - dLdx)) < 1e-15
