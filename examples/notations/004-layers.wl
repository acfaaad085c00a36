# A linear layer and a sigmoid, from the loss back: dL/dh = dL/ds ∘ s ∘ (1 - s), then dL/dW = dL/dh xᵀ,
# dL/db = dL/dh, dL/dx = Wᵀ dL/dh, which the layer below needs.

W = [[0.5, -0.2, 0.1], [0.3, 0.8, -0.6]]
x = [[1], [2], [-1]]
b = [[0.1], [-0.3]]
t = [[1], [0]]
h = W @ x + b
s = sigmoid(h)
L = sum((s - t)^2)

derive L wrt W
derive L wrt b
derive L wrt x
print "s =\n{s:.6f}\nL = {L:.6f}"
dW, db, dx = grad(L, W, b, x)
print "dL/dW =\n{dW:.6f}"
print "dL/db =\n{db:.6f}"
print "dL/dx =\n{dx:.6f}"

# The sigmoid by itself, with its numbers.
h = [[0.1], [2.2]]
s = sigmoid(h)
r = s - t
q = r^2
L = sum(q)
trace L wrt h notation leibniz
