# Random numbers that are NumPy's, to the last digit: np.random.seed(1), rand, randn and the rest.

seed(1)
W1 = 2*rand(3, 4) - 1        # reads no name, so W1 is an input, drawn once
w2 = 2*random([4, 1]) - 1
print "{W1:.3f}"
print "{w2.T:.3f}"

# A gaussian number waits while uniform ones are drawn, since they come in pairs.
seed(1)
print randn(3), rand(2), randn(3)

# Means, widths, bounds and sizes.
seed(2)
print normal(5, 2, [2, 2]), uniform(-1, 1, 3)
print randint(0, 10, 8), permutation(5)

# In a loop every turn draws anew; the derivative goes through the very same turns.
x0 = 0.5
x = x0
for n in 1..4 { x = cos(x) + 0.1*randn() }
print x, grad(x, x0)
list x
