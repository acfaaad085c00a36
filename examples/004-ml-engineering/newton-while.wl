# Newton's method for a x^2 = b, as a loop that runs until the equation holds, and the
# derivative of its answer with respect to b: through all of its turns, and by the theorem
# about implicit functions. (Machine Learning for Engineering, with a = 2, b = 3.)

a = 2
b = 3
x = 1
n = 0
while abs(a*x^2 - b) > 1e-12 {
  print "k={n}  x = {x:.12f}  f = {a*x^2 - b:.3e}"
  x = x - (a*x^2 - b)/(2*a*x)
  n += 1
}
print "k={n}  x = {x:.12f}"

dxdb = grad(x, b)
print "dx/db through the loop  = {dxdb:.12f}"

# For the theorem x stands on its own, so F is a function and its gradient taken at a point.
F(x, b) = a*x^2 - b
Fx, Fb = grad(F)(x, b)
print "dx/db by the theorem    = {-Fb/Fx:.12f}"
print "dx/db of sqrt(b/a)      = {1/(2*sqrt(a*b)):.12f}"
