# A tuple holds values of any shapes, the weights of layers for example. A loop over tuples is
# written out, a copy for each layer, and the gradient by a tuple is a tuple like it.

spread(n) = sin(1..n)    # some numbers between -1 and 1
Ws = (reshape(spread(6), [2, 3]), reshape(spread(9), [3, 3]), reshape(spread(3), [3, 1]))
bs = (zeros(1, 3), zeros(1, 3), zeros(1, 1))
X = [[0, 0], [0, 1], [1, 0], [1, 1]]
y = [[0, 1, 1, 0]].T

h = X
for W, b in Ws, bs { h = tanh(h @ W + b) }
E = mean((h - y)^2)
print "{E:.6f}"

dWs, dbs = grad(E, Ws, bs)
print len(dWs)
print "{dWs[0]:.6f}"
print "{dWs[-1]:.6f}"

# Arithmetic on tuples goes entry by entry: one step downhill.
Ws = Ws - 0.1*dWs
bs = bs - 0.1*dbs
h = X
for W, b in Ws, bs { h = tanh(h @ W + b) }
print "{mean((h - y)^2):.6f}"
