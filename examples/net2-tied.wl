# The net of net2.wl with tied parameters: one bias row B serves both layers.
# Its adjoint is the sum of what each use sends back.

X  = [[1, 0], [0.5, -1]]
W1 = [[0.5, -0.3], [0.2, 0.4]]
W2 = [[0.7, -0.6], [-0.1, 0.8]]
B  = [[0.1, -0.2]]
Y  = [[1, 0], [0, 1]]

Z1a = mul(X,W1)
Z1b = add*(Z1a,B)
A1 = tanh(Z1b)
Z2a = mul(A1,W2)
Z2b = add*(Z2a,B)
A2 = tanh(Z2b)
P = softMax(A2)
C = crossEnt_Y(P)

dB = grad(C, B)
print "dC/dB ="; print "{dB:.6f}"

# the two contributions, one for each use
dZ2b, dZ1b = grad(C, Z2b, Z1b)
print "from Z2b:"; print "{sum(dZ2b, axis = 0, keepdims = 1):.6f}"
print "from Z1b:"; print "{sum(dZ1b, axis = 0, keepdims = 1):.6f}"
