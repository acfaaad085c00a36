# "Differentiating a Wengert list: a simple case": a chain z_i = f_i(z_{i-1}), here of sin, exp and
# square, at z0 = a = 0.5. The derivative is a product, and the order of its factors is all that
# forward and reverse mode differ in.
#
#   dz3/dz0 = f3'(a2) f2'(a1) f1'(a)      each factor at the value that its function was given
#
# (The slides write f_m'(a_m): the last factor is taken at a_{m-1}, what f_m reads. For the same
# reason delta[z_i] is f_m'(a_{m-1}) … f_{i+1}'(a_i), and delta[z_m] = 1.)

a = 0.5
z0 = a
z1 = sin(z0)
z2 = exp(z1)
z3 = square(z2)

print "a1 = f1(a)         = {z1:.6f}"
print "a2 = f2(f1(a))     = {z2:.6f}"
print "a3 = f3(f2(f1(a))) = {z3:.6f}"

h3 = square'(z2)
h2 = exp'(z1)
h1 = sin'(z0)
print "h_3,0(a) = f3'(a2) · f2'(a1) · f1'(a) = {h3:.6f} · {h2:.6f} · {h1:.6f} = {h3*h2*h1:.6f}"
print "backprop routine compute order"
print "h_3,0(a) = ((f3'(a2) · f2'(a1)) · f1'(a)) = ({h3*h2:.6f}) · {h1:.6f} = {h3*h2*h1:.6f}"
d2, d1, d0 = grad(z3, z2, z1, z0)
print "delta[z3] = 1"
print "delta[z2] = f3'(a2)                   = {d2:.6f}"
print "delta[z1] = f3'(a2) · f2'(a1)         = {d1:.6f}"
print "delta[z0] = f3'(a2) · f2'(a1) · f1'(a) = {d0:.6f}"
print "forward mode goes the other way, from z0 up:"
tangent z3 wrt z0 = 1
