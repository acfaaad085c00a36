# The third page: the same with the value of everything, adjoints as rows, four digits as the handout has.
# The weights are those of its random start, 2*rand - 1.

set digits 4
seed(1)
X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0], [1], [1], [0]]
W1 = 2*rand(3, 4) - 1
w2 = 2*rand(4, 1) - 1
v1 = X0 @ W1
v2 = Y1 = sigma(v1)
v3 = v2 @ w2
v4 = y2 = sigma(v3)
v5 = y = 0.5*sum((y0 - v4)^2)

trace y wrt w2, W1 rows

# One step of the descent: the handout adds X0ᵀ YY1 and Y1ᵀ yy2, which is minus the gradient.
dW1, dw2 = grad(y, W1, w2)
print "W1 (after)"
print "{W1 - dW1:.4f}"
print "w2 (after)"
print "{w2 - dw2:.4f}"
