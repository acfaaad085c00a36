# Computational exercise 1: forward, backward and central differences of E = (yhat - 10)^2 at
# w = (2, 2, 3) with the step 1e-4, for yhat = w3 s(w2 s(w1)) and s(x) = max{x, 0}. The listing's last
# lines are cut off; its table shows that they divide by delta, delta and 2 delta.
#
# In exact arithmetic the forward difference is (24 + 36 D, 24 + 36 D, 16 + 16 D) with the step D, the
# backward one the same with -D, the central one (24, 24, 16).

hat_y(w) = (w[2]*relu(w[1]*relu(w[0])) - 10)^2

e1 = [1, 0, 0]
e2 = [0, 1, 0]
e3 = [0, 0, 1]
w = [2, 2, 3]
delta = 1e-4

up = [hat_y(w + e1*delta), hat_y(w + e2*delta), hat_y(w + e3*delta)]
down = [hat_y(w - e1*delta), hat_y(w - e2*delta), hat_y(w - e3*delta)]
set digits 8
print "forward diff:", (up - hat_y(w))/delta
print "backward diff:", (hat_y(w) - down)/delta
print "central diff:", (up - down)/(2*delta)

# `difference` does the same for every element of w
E = hat_y(w)
print ""
print "forward diff:", difference(E, w, delta, "forward")
print "backward diff:", difference(E, w, delta, "backward")
print "central diff:", difference(E, w, delta, "central")
print "the derivative:", grad(E, w)
