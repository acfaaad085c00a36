# The eight lines of the slide, with the derivative of each operation by its name: dC/dP = dC/dC · d crossEnt/dP.

X = [[1, 0], [0.5, -1]]
Y = [[1, 0], [0, 1]]
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

set notation names
trace C wrt X, W1, B1, W2, B2

# "tied parameters": one bias in two places, so its adjoint comes in two pieces.
B = [[0.1, -0.2]]
Z1b = add*(Z1a,B)
A1 = tanh(Z1b)
Z2a = mul(A1,W2)
Z2b = add*(Z2a,B)
A2 = tanh(Z2b)
P = softMax(A2)
C = crossEnt_Y(P)
trace C wrt B
