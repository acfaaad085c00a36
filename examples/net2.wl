# The two-layer net of the lecture (CMU 10-405): the eight lines of its slide, as they stand,
# and the gradient of the cost for every input.

X  = [[1, 0], [0.5, -1]]
W1 = [[0.5, -0.3], [0.2, 0.4]]
B1 = [[0.1, -0.2]]
W2 = [[0.7, -0.6], [-0.1, 0.8]]
B2 = [[0.1, -0.2]]
Y  = [[1, 0], [0, 1]]

Z1a = mul(X,W1) // matrix mult
Z1b = add*(Z1a,B1) // add bias vec
A1 = tanh(Z1b) //element-wise
Z2a = mul(A1,W2)
Z2b = add*(Z2a,B2)
A2 = tanh(Z2b) // element-wise
P = softMax(A2) // vec to vec
C = crossEnt_Y(P) // cost function

print "C = {C:.6f}"
dX, dW1, dB1, dW2, dB2 = grad(C, X, W1, B1, W2, B2)
print "dC/dB2 ="; print "{dB2:.6f}"
print "dC/dW2 ="; print "{dW2:.6f}"
print "dC/dB1 ="; print "{dB1:.6f}"
print "dC/dX ="; print "{dX:.6f}"
print "dC/dW1 ="; print "{dW1:.6f}"
