# The two-layer net of the lecture: the eight lines of its slide, as they stand, then "Step 2:
# backprop", a line for each entry in reverse order. In brackets stands the rule of the operation in
# the derivative table, G being the adjoint of its result.
#
# The slides have dC/dX = dC/dZ1a * dmul*/dZ1a and dC/dW1 = … dmul*/dW1 (the last step is by mul, and
# by its arguments X and W1), drop the d in dC/Z2b, and call both steps "Step 1".

Y  = [[1, 0], [0, 1]]
X  = [[1, 0], [0.5, -1]]
W1 = [[0.5, -0.3], [0.2, 0.4]]
B1 = [[0.1, -0.2]]
W2 = [[0.7, -0.6], [-0.1, 0.8]]
B2 = [[0.1, -0.2]]

Z1a = mul(X,W1) // matrix mult
Z1b = add*(Z1a,B1) // add bias vec
A1 = tanh(Z1b) //element-wise
Z2a = mul(A1,W2)
Z2b = add*(Z2a,B2)
A2 = tanh(Z2b) // element-wise
P = softMax(A2) // vec to vec
C = crossEnt_Y(P) // cost function

trace C wrt W1, B1, W2, B2

dP, dA2, dZ2b, dZ2a, dB2 = grad(C, P, A2, Z2b, Z2a, B2)
dA1, dW2, dZ1b, dZ1a, dB1, dX, dW1 = grad(C, A1, W2, Z1b, Z1a, B1, X, W1)
print "\nStep 1: forward"
print "Z1a = mul(X,W1)     // matrix mult\n{Z1a:.6f}"
print "Z1b = add*(Z1a,B1)  // add bias vec\n{Z1b:.6f}"
print "A1 = tanh(Z1b)      // element-wise\n{A1:.6f}"
print "Z2a = mul(A1,W2)\n{Z2a:.6f}"
print "Z2b = add*(Z2a,B2)\n{Z2b:.6f}"
print "A2 = tanh(Z2b)      // element-wise\n{A2:.6f}"
print "P = softMax(A2)     // vec to vec\n{P:.6f}"
print "C = crossEnt_Y(P)   // cost function\n{C:.6f}"
print "Step 2: backprop"
print "dC/dC = 1"
print "dC/dP = dC/dC * dCrossEnt_Y/dP     [-Y / P]\n{dP:.6f}"
print "dC/dA2 = dC/dP * dsoftmax/dA2      [P .* (G - rowsum(G .* P))]\n{dA2:.6f}"
print "dC/dZ2b = dC/dA2 * dtanh/dZ2b      [G .* (1 - A2.^2)]\n{dZ2b:.6f}"
print "dC/dZ2a = dC/dZ2b * dadd*/dZ2a     [G]\n{dZ2a:.6f}"
print "• dC/dB2 = dC/dZ2b * dadd*/dB2     [colsum(G)]\n{dB2:.6f}"
print "dC/dA1 = dC/dZ2a * dmul/dA1        [G W2T]\n{dA1:.6f}"
print "• dC/dW2 = dC/dZ2a * dmul/dW2      [A1T G]\n{dW2:.6f}"
print "dC/dZ1b = dC/dA1 * dtanh/dZ1b      [G .* (1 - A1.^2)]\n{dZ1b:.6f}"
print "dC/dZ1a = dC/dZ1b * dadd*/dZ1a     [G]\n{dZ1a:.6f}"
print "• dC/dB1 = dC/dZ1b * dadd*/dB1     [colsum(G)]\n{dB1:.6f}"
print "dC/dX = dC/dZ1a * dmul/dX          [G W1T]\n{dX:.6f}"
print "• dC/dW1 = dC/dZ1a * dmul/dW1      [XT G]\n{dW1:.6f}"
