# The derivative of an answer that a solver finds: x with f(x, b) = a x^2 - b = 0. The notebook says
# dx/db = (df/dx)^-1 df/db and finds x with `minimize`. It is
#
#   dx/db = -(df/dx)^-1 df/db         with the minus sign, and df/dx has to be square
#
# and what is wanted is a root. (x^T A x - b = 0 for a vector x is one equation, which leaves dx/db
# undetermined: one number, a x^2, is taken here, and square systems in implicit-square.wl.)

a = 2
b = 3
f(x, b) = a*x^2 - b
x = root(f, 1, b)
print "x = {x:.12f}"
print "dx/db by the list           = {grad(x, b):.12f}"
fx, fb = grad(f)(x, b)
print "-(df/dx)^-1 df/db           = -({fx:.12f})^-1 * ({fb:g}) = {-fb/fx:.12f}"
print "dx/db of sqrt(b/a)          = {1/(2*sqrt(a*b)):.12f}"
print "by central differences      = {difference(x, b, 1e-5):.6f}"

# a is a free name of f, so x depends on it as well: dx/da = -x/(2a)
print "dx/da by the list           = {grad(x, a):.12f}"
print "-x/(2a)                     = {-x/(2*a):.12f}"
