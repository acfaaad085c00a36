# "Better plan: overload your matrix operators so that when you use them in-line they build an
# expression graph. Convert the expression graph to a Wengert list when necessary." A formula here
# is that graph, and it becomes a list by itself: `list` shows it.

x1 = 3
x2 = 2
f = (2*x1 + x2)^2
list f
print f, grad(f, x1, x2)

# The lecture's minibatch logistic regression in one line, as a list
X = [[1, 0, 1, 1], [0, 1, 0, 1]]
w = [[0.1], [-0.7], [0.3], [0.2]]
y = [[1], [0]]
C = -sum(y*log(1/(1 + exp(-(X @ w)))) + (1 - y)*log(1 - 1/(1 + exp(-(X @ w)))))
list C
print "{C:.6f}"
print "{grad(C, w).T:.6f}"
