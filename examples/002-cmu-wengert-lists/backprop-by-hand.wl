# The pseudo-code of the slides, `def backprop(f, val)`, done by hand for the list
#
#   [ ("z1", "add", ("x1", "x1")), ("z2", "add", ("z1", "x2")), ("f", "square", ("z2",)) ]
#
# Every delta starts at 0; the entries are taken in reverse order, and each argument of an entry
# gets delta[z] times the partial derivative that DG holds for that argument.

DG_add_1(a, b) = 1
DG_add_2(a, b) = 1
DG_square_1(a) = 2*a

x1 = 3
x2 = 2

print "Step 1: forward     inputs: x1 = {x1:g}, x2 = {x2:g}"
z1 = x1 + x1
print "  z1 = add(x1,x1) = add({x1:g},{x1:g}) = {z1:g}"
z2 = z1 + x2
print "  z2 = add(z1,x2) = add({z1:g},{x2:g}) = {z2:g}"
f = z2^2
print "  f  = square(z2) = square({z2:g}) = {f:g}"
print "  return f = {f:g}"

print "Step 2: backprop    delta[f] = 1"
delta_f = 1
delta_z2, delta_z1, delta_x1, delta_x2 = 0, 0, 0, 0

op1 = DG_square_1(z2)
old = delta_z2
delta_z2 += delta_f * op1
print "  (f, square, (z2))  i=1:  op1 = DG[square][1]({z2:g}) = {op1:g}   delta[z2] = delta[z2] + delta[f] * op1 = {old:g} + {delta_f:g} * {op1:g} = {delta_z2:g}"

op1 = DG_add_1(z1, x2)
old = delta_z1
delta_z1 += delta_z2 * op1
print "  (z2, add, (z1,x2))  i=1:  op1 = DG[add][1]({z1:g},{x2:g}) = {op1:g}   delta[z1] = delta[z1] + delta[z2] * op1 = {old:g} + {delta_z2:g} * {op1:g} = {delta_z1:g}"
op2 = DG_add_2(z1, x2)
old = delta_x2
delta_x2 += delta_z2 * op2
print "  (z2, add, (z1,x2))  i=2:  op2 = DG[add][2]({z1:g},{x2:g}) = {op2:g}   delta[x2] = delta[x2] + delta[z2] * op2 = {old:g} + {delta_z2:g} * {op2:g} = {delta_x2:g}"

op1 = DG_add_1(x1, x1)
old = delta_x1
delta_x1 += delta_z1 * op1
print "  (z1, add, (x1,x1))  i=1:  op1 = DG[add][1]({x1:g},{x1:g}) = {op1:g}   delta[x1] = delta[x1] + delta[z1] * op1 = {old:g} + {delta_z1:g} * {op1:g} = {delta_x1:g}"
op2 = DG_add_2(x1, x1)
old = delta_x1
delta_x1 += delta_z1 * op2
print "  (z1, add, (x1,x1))  i=2:  op2 = DG[add][2]({x1:g},{x1:g}) = {op2:g}   delta[x1] = delta[x1] + delta[z1] * op2 = {old:g} + {delta_z1:g} * {op2:g} = {delta_x1:g}"

print "delta: f = {delta_f:g}, z2 = {delta_z2:g}, z1 = {delta_z1:g}, x2 = {delta_x2:g}, x1 = {delta_x1:g}"
print "check: df/dx1 = 8x1 + 4x2 = {8*x1 + 4*x2:g}, df/dx2 = 4x1 + 2x2 = {4*x1 + 2*x2:g}"
print "the list's own gradient:", grad(f, x1, x2)
