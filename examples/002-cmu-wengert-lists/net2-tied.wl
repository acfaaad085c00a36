# The net of net2-untied.wl with "tied parameters": one bias row B serves both layers. Its adjoint
# starts at 0, and each use adds to it:
#
#   dC/dB += dC/dZ2b * dadd*/dB        then        dC/dB += dC/dZ1b * dadd*/dB
#
# (An earlier build of the slide has = for +=, with two names for one parameter. Tying needs as many
# hidden units as outputs.)

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

trace C wrt B

# as the sweep goes: Z2b is reached first
dZ2b, dZ1b = grad(C, Z2b, Z1b)
dB = zeros(1, 2)
print "dC/dB = 0"
dB += sum(dZ2b, axis = 0, keepdims = 1)
print "• dC/dB += dC/dZ2b * dadd*/dB\n{dB:.6f}"
dB += sum(dZ1b, axis = 0, keepdims = 1)
print "• dC/dB += dC/dZ1b * dadd*/dB\n{dB:.6f}"
print "grad(C, B)\n{grad(C, B):.6f}"
