# One sample of the back-propagation lecture in its quotients: dloss/dh for each layer, then dloss/dW and
# dloss/db. x = [1 1]ᵀ, y = 0, the weights of the lecture's XOR net with F = 5.

F = 5
x = [1, 1]
y = 0
W1 = F*[[1, -1], [-1, 1]]
b1 = F*[-0.5, -0.5]
W2 = F*[[1, 1]]
b2 = F*[-0.5]
h0 = x
z1 = W1 @ h0 + b1
h1 = sigmoid(z1)
z2 = W2 @ h1 + b2
h2 = sigmoid(z2)
r = y - h2
loss = 0.5*sum(r^2)

trace loss wrt W1, b1, W2, b2 notation leibniz
derive loss wrt W1
