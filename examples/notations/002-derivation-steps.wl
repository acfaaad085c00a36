# The derivation of the slides, all eight rows with their reasons, and the line of values at a point.

x1 = 3
x2 = 2
z1 = add(x1, x1)
z2 = add(z1, x2)
f = square(z2)

derive f wrt x1, x2 at x1 = 3, x2 = 2
