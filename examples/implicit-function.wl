# An unknown that an equation fixes: f(x, b) = a x^2 - b = 0 with a = 2, b = 3, solved by Newton from 1.
# The implicit function theorem gives dx/db = -(df/dx)^-1 df/db, whatever found x. (The lecture's
# formula lacks the minus sign.)
a = 2
b = 3
f(x, b) = a*x^2 - b

# Newton by hand: x - f/(df/dx).
print "Newton's steps"
x = 1
for k in 0..3 {
  r = f(x, b)
  print "  k={k:.0f}  x = {x:.15f}  f = {r:.3e}"
  x -= r/(2*a*x)
}
print "  k=4  x = {x:.15f}"

# The same as one entry, and its derivatives.
x = root(f, 1, b)
print "root(f, 1, b) = {x:.15f}"
dfdx = 2*a*x
print "dx/db = -(df/dx)^-1 df/db = -({dfdx:.12f})^-1 * (-1) = {-1/dfdx * -1:.15f}"
db, da = grad(x, b, a)
print "grad(x, b) = {db:.15f}, grad(x, a) = {da:.12f}"
print "second derivative {grad(db, b):.12f} = {-0.25*sqrt(1/a)*b^-1.5:.12f}"
print "forward {jvp(x, b = 1):.15f}"
trace x wrt b

# A square system: x on a circle of radius sqrt(c0) and on the line x0 = c1 x1.
c = [5, 2]
G(x, c) = [x[0]^2 + x[1]^2 - c[0], x[0] - c[1]*x[1]]
y = root(G, [1, 1], c)
print "system", y
print jacobian(y, c)

# One equation for a vector, x' A x = b, fixes only the product of its Jacobian with dx/db: it is 1.
# The step along the gradient is one of the many dx/db.
A = [[2, 0.5], [0.5, 1]]
v = [1, 1]
q = dot(v, A @ v)
J = grad(q, v)
dx = J / dot(J, J)
print "x' A x: J =", J, " dx/db =", dx, " J dx/db =", dot(J, dx)

# A fixed point: Kepler's equation E = M + e sin(E).
M = 1
e = 0.2
K(E, M, e) = M + e*sin(E)
E = fixpoint(K, M, M, e)
print "Kepler {E:.12f}  dE/dM {grad(E, M):.12f} = {1/(1 - e*cos(E)):.12f}"
