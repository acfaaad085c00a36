# "Even though the definition looks innocent, the full solution is very long": the derivative of
# z_{n+1} = sin(z_n x) + x, written out as one formula, against the list. `derive` writes the formula for
# three turns. It takes 3n^2 - 3n - 1 operations after n turns, 1139 after twenty; z20 itself takes 57,
# and its gradient in reverse a small multiple of that, because a list names what it has computed.

x = 1
z1 = x
z2 = sin(z1*x) + x
z3 = sin(z2*x) + x
derive z3 wrt x

for n in [2, 3, 10, 20] { print "n = {n:2.0f}   written out {3*n^2 - 3*n - 1:4.0f}   z_n itself {3*n - 3:2.0f}" }
