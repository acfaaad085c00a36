x1 = 3
x2 = 4
f = x1 * x2
tangent f
