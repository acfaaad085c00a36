# Question 1: forward and back propagation with numbers, by hand and by the list:
#
#   yhat = w3 s(w2 s(w1 x)),  E = (y - yhat)^2,  s(x) = max{x, 0},  s'(x) = 1{x > 0}
#   x = 1, y = 10, w1 = 2, w2 = 2, w3 = 3
#
# The solution's numbers 16, 24, 24 are right. Its general formulas are not: q1-chain-rule.wl.

x = 1
y = 10
w1 = 2
w2 = 2
w3 = 3

print "First use forward propagation in order to get the intermediate quantities:"
z1 = w1 * x
print "  z1 = w1 x = {w1:g} x {x:g} = {z1:g}"
x1 = relu(z1)
print "  x1 = sigma(z1) = max{{z1, 0}} = max{{{z1:g}, 0}} = {x1:g}"
z2 = w2 * x1
print "  z2 = w2 x1 = {w2:g} x {x1:g} = {z2:g}"
x2 = relu(z2)
print "  x2 = sigma(z2) = max{{z2, 0}} = max{{{z2:g}, 0}} = {x2:g}"
z3 = w3 * x2
print "  z3 = w3 x2 = {w3:g} x {x2:g} = {z3:g}"
yhat = z3
print "  yhat = x3 = z3 = {yhat:g}"
E = (y - yhat)^2
print "  E = l(y,yhat) = ({y:g} - {yhat:g})^2 = {E:g}"

print "Then, use back propagation, start by computing the derivative of the loss function:"
dyhat = -2*(y - yhat)
print "  dE/dyhat = -2(y - yhat) = -2({y:g} - {yhat:g}) = {dyhat:g}"
dz3 = dyhat * 1
print "  dE/dz3 = dE/dyhat x dyhat/dz3 = {dyhat:g} x 1 = {dz3:g}"
dw3 = dz3 * x2
print "  dE/dw3 = dE/dz3 x dz3/dw3 = {dz3:g} x x2 = {dz3:g} x {x2:g} = {dw3:g}"
dx2 = dz3 * w3
print "  dE/dx2 = dE/dz3 x dz3/dx2 = {dz3:g} x w3 = {dz3:g} x {w3:g} = {dx2:g}"
dz2 = dx2 * relu'(z2)
print "  dE/dz2 = dE/dx2 x dx2/dz2 = {dx2:g} x sigma'({z2:g}) = {dx2:g} x {relu'(z2):g} = {dz2:g}"
dw2 = dz2 * x1
print "  dE/dw2 = dE/dz2 x dz2/dw2 = {dz2:g} x x1 = {dz2:g} x {x1:g} = {dw2:g}"
dx1 = dz2 * w2
print "  dE/dx1 = dE/dz2 x dz2/dx1 = {dz2:g} x w2 = {dz2:g} x {w2:g} = {dx1:g}"
dz1 = dx1 * relu'(z1)
print "  dE/dz1 = dE/dx1 x dx1/dz1 = {dx1:g} x sigma'({z1:g}) = {dx1:g} x {relu'(z1):g} = {dz1:g}"
dw1 = dz1 * x
print "  dE/dw1 = dE/dz1 x dz1/dw1 = {dz1:g} x x = {dz1:g} x {x:g} = {dw1:g}"

print "\nThe same by the list:"
trace E wrt w1, w2, w3
