# The Jacobian of a chain y = F2(F1(x)): forward mode gives its columns, reverse mode its rows.
x = [0.7, -0.4, 1.1]
u = [x[0]*x[1], sin(x[2]), x[0] + x[2]^2]
y = [u[0] + u[1]*u[2], exp(u[0])*u[1]]
print "u = F1(x) = {u:.6f}"
print "y = F2(u) = {y:.6f}"
print "dF1/dx"
print "{jacobian(u, x):.6f}"
print "dF2/dF1"
print "{jacobian(y, u):.6f}"
print "forward mode: a unit seed for x gives a column of J"
for e in ([1, 0, 0], [0, 1, 0], [0, 0, 1]) { print "  dx = {e:.0f}:  du = {jvp(u, x = e):.6f}  dy = {jvp(y, x = e):.6f}" }
print "reverse mode: a unit seed for y gives a row of J"
for e in ([1, 0], [0, 1]) {
  print "  dy = {e:.0f}:  through F2 {vjp(y = e, u):.6f}  through both {vjp(y = e, x):.6f}"
}
print "{jacobian(y, x):.6f}"
