# Back-propagation by hand, as the homework writes it: quotients with their numbers.
# σ(x) = max{x, 0}, l(y, ŷ) = (y - ŷ)².

x = 1
y = 10
w1 = 2
w2 = 2
w3 = 3
z1 = w1*x
x1 = relu(z1)
z2 = w2*x1
x2 = relu(z2)
z3 = w3*x2
yhat = copy(z3)
r = y - yhat
E = r^2

trace E wrt w1, w2, w3 notation leibniz
derive E wrt w3
