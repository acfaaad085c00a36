# Two reminders of the lecture. The total derivative sums over all the ways in which t gets into f:
#
#   f = x^2 + y^3 + z^4,  g(t) = f(t, t, 1):   dg/dt = 2t + 3t^2
#
# (the third way is closed: z = 1). And "evaluate-at": to the left of the bar are variables and
# functions, values only to the right of it, d(z1^2 + z2)/dz1 at z = [1, -1] is 2.

f(x, y, z) = x^2 + y^3 + z^4
g(t) = f(t, t, 1)
t = 2
print "g'(2) = {g'(t):g}, and 2t + 3t^2 = {2*t + 3*t^2:g}"

# the sum over the ways
fx, fy, fz = grad(f)(t, t, 1)
print "df/dx*1 + df/dy*1 + df/dz*0 = {fx:g}*1 + {fy:g}*1 + {fz:g}*0 = {fx + fy:g}"

y = g(t)
trace y wrt t

# evaluate-at
z1 = 1
z2 = -1
q = z1^2 + z2
print "d(z1^2 + z2)/dz1 at [1, -1] = {grad(q, z1):g}"
print "and at [3, -1], by the same list:"
trace q wrt z1 at z1 = 3
