# The notebook's example, z_{n+1} = sin(z_n x) + x from z_0 = 0, differentiated in every way it names, on
# its grid of 201 points from 0 to 1.5:
#
#   the recursion by hand, forward mode, reverse mode, a derivative program (f'), the complex step, and
#   the central difference
#
# All agree to 1e-13, the difference, which has a step to choose, to 1e-8. The value at 1.5 and the zeros
# of the derivative are checked against 60 digits.

z20(x) = {
  z = 0
  for n in 1..20 { z = sin(z*x) + x }
  z
}

# analytical: dz_{n+1}/dx = x cos(z_n x) dz_n/dx + z_n cos(z_n x) + 1
by_hand(x) = {
  z = 0
  dz = 0
  for n in 1..20 {
    dz = x*cos(z*x)*dz + z*cos(z*x) + 1
    z = sin(z*x) + x
  }
  dz
}

x = linspace(0, 1.5, 201)
y = z20(x)
hand    = by_hand(x)
forward = jvp(y, x = ones(201))
reverse = vjp(y = ones(201), x)
prime   = z20'(x)
complex = complexstep(z20, x)
central = difference(z20, x, 1e-6, "central")

print "    x     z20         dz20/dx"
for i in [0, 40, 80, 120, 160, 200] { print "{x[i]:.4f}  {y[i]:.9f}  {forward[i]:12.9f}" }
print "at 1.5: z20 = {y[-1]:.12f}, dz20/dx = {forward[-1]:.12f}"

print "largest differences from forward mode:"
print "by hand below 1e-13           ", max(abs(hand - forward)) < 1e-13
print "reverse below 1e-13           ", max(abs(reverse - forward)) < 1e-13
print "f' below 1e-13                ", max(abs(prime - forward)) < 1e-13
print "complex step below 1e-13      ", max(abs(complex - forward)) < 1e-13
print "central difference below 1e-8 ", max(abs(central - forward)) < 1e-8

# where the derivative vanishes, by Newton's method on it, and where it is largest
print "dz20/dx = 0 at {root(z20', 1.085):.6f} and at {root(z20', 1.185):.6f}"
print "largest at x = {root(z20'', 1.29):.4f}: {z20'(root(z20'', 1.29)):.4f}"
plot z20 over x xlabel "x" ylabel "z20"
plot forward, reverse, complex over x labels "forward", "reverse", "complex step"
