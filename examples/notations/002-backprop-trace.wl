# The lecture's routine `backprop(f, val)`, step by step in its own words: for each entry in reverse order, for
# each operand, op = DG[g][i] and delta[y] = delta[y] + delta[z] * op.

x1 = 3
x2 = 2
z1 = add(x1, x1)
z2 = add(z1, x2)
f = square(z2)

table add
table square
trace f notation delta
derive f wrt x1 at x1 = 3
