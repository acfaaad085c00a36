# The iteration z = sin(z x) + x, twenty times from 0 (Machine Learning for Engineering), and
# its derivative at x = 1: in reverse, forward, and by the recursion one writes by hand.

x = 1
z = 0
for n in 1..20 { z = sin(z*x) + x }
print "z20     = {z:.12f}"
print "reverse = {grad(z, x):.12f}"
print "forward = {jvp(z, x = 1):.12f}"

# By hand: dz_n = cos(z_{n-1} x) (z_{n-1} + x dz_{n-1}) + 1.
y = 0
dy = 0
for n in 1..20 {
  dy = cos(y*x) * (y + x*dy) + 1
  y = sin(y*x) + x
}
print "by hand = {dy:.12f}"

# The loop is a list too, so a function of it works on a whole row of starting points,
# and its derivative as well.
z20(x) = {
  z = 0
  for n in 1..20 { z = sin(z*x) + x }
  z
}
xs = linspace(0, 1.5, 7)
print "x     ", "{xs:.4f}"
print "z20   ", "{z20(xs):.4f}"
print "z20'  ", "{map(z20', xs):.4f}"
