# Training with minimize: five optimizers, minibatches, and the history of what becomes small.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
seed(1)
W1 = 2*rand(3, 4) - 1
w2 = 2*rand(4, 1) - 1
Y1 = sigmoid(X0 @ W1)
y2 = sigmoid(Y1 @ w2)
E = sum((y2 - y0)^2)/2

# Each step runs the entries from the weights to E again. What is printed stands before the step.
minimize E over W1, w2 by sgd(rate = 1) for 600 steps every 200 print "{step:3d}  E = {E:.6f}"

# The weights and all between them and E are new.
print "E = {E:.6f}  y2 = {y2.T:.3f}"
print "after 0, 300, 599 steps: {E_history[[0, 300, 599]]:.6f}"

# The other optimizers go on from there.
minimize E over W1, w2 by momentum(rate = 0.1, beta = 0.9) for 100 steps
print "momentum  {E:.6f}"
minimize E over W1, w2 by rmsprop(rate = 0.001) for 100 steps
print "rmsprop   {E:.6f}"
minimize E over W1, w2 by adam(rate = 0.01) for 100 steps
print "adam      {E:.4f}"

# A quasi-Newton method finds the bottom of a narrow valley, and ends where the slope does.
x = [-1.2, 1]
f = 100*(x[1] - x[0]^2)^2 + (1 - x[0])^2
minimize f over x by lbfgs(tolerance = 1e-8) for 500 steps
print "lbfgs     {x:.6f}, fewer than 100 steps: {len(f_history) < 100}"

# Minibatches: each step draws 16 rows, the same of X and of t.
X = randn(200, 3)
t = X @ [[1], [-2], [0.5]] + 0.01*randn(200, 1)
w = zeros(3, 1)
loss = mean((X @ w - t)^2)
minimize loss over w by sgd(rate = 0.1) batch 16 of X, t for 200 steps
print "batches   {w.T:.2f}"

# Training is a loop like any other: how the result depends on the rate is a derivative.
rate = 0.05
v = zeros(3, 1)
e = mean((X @ v - t)^2)
minimize e over v by sgd(rate = rate) for 20 steps
print "de/drate  {grad(e, rate):.6f}"
