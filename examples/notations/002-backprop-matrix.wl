# The lecture's algorithm in matrices: delta^L = (a^L - y) ∘ σ'(z^L), then delta^l = ((w^(l+1))ᵀ delta^(l+1))
# ∘ σ'(z^l), dC/db = delta, dC/dw = delta aᵀ. `derive` finds these formulas; dC/dz2 is the lecture's delta^2.

x = [[0.5], [-1]]
y = [[1], [0]]
w1 = [[0.47, -0.68], [0.24, -1.7], [0.75, -1.53]]
b1 = [[1.1], [-1.22], [1.34]]
w2 = [[0.01, -0.12, -0.81], [2.87, -0.6, 0.47]]
b2 = [[-0.12], [1.01]]
z1 = w1 @ x + b1
a1 = sigmoid(z1)
z2 = w2 @ a1 + b2
a2 = sigmoid(z2)
C = 0.5*sum((a2 - y)^2)

derive C wrt w1
derive C wrt b2
trace C wrt w1, b1, w2, b2 notation bar
