# Computational exercise 2: how the error of differences goes with the step, now with the logistic
# function, at w = (2, 2, 3). Errors are squared distances from the gradient of the list.
#
# "All of them decrease as the stepsize decreases until a certain point in which it increases due to
# the rounding error": they are least at 1e-7 for the one-sided differences, at 1e-5 for the central
# one. At smaller steps errors are rounding noise, which differs between machines; the table below
# has those above it.

hat_y(w) = (w[2]*sigmoid(w[1]*sigmoid(w[0])) - 10)^2

w = [2, 2, 3]
E = hat_y(w)
g = grad(E, w)
print "E = {E:.12f}"
print "gradient = ({g[0]:.12f}, {g[1]:.12f}, {g[2]:.12f})"

fwd_error = zeros(10)
bck_error = zeros(10)
cen_error = zeros(10)
for i in 0..9 {
  delta = 10^(i - 10)
  E = hat_y(w)
  fwd_error[i] = sum((g - difference(E, w, delta, "forward"))^2)
  bck_error[i] = sum((g - difference(E, w, delta, "backward"))^2)
  cen_error[i] = sum((g - difference(E, w, delta, "central"))^2)
}
print "delta    forward     backward"
for i in 6..9 {
  print "{10^(i - 10):.0e}  {fwd_error[i]:.4e}  {bck_error[i]:.4e}"
}
print "delta    central"
for i in 7..9 { print "{10^(i - 10):.0e}  {cen_error[i]:.2e}" }
print "least at 1e-7, 1e-7 and 1e-5:"
print min(fwd_error) == fwd_error[3], min(bck_error) == bck_error[3], min(cen_error) == cen_error[5]
deltas = 10^((4..9) - 10)
plot fwd_error[4..], bck_error[4..] over deltas loglog labels "forward difference", "backward difference"
