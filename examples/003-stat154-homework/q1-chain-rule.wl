# Question 1: the chain rule for yhat = w3 s(w2 s(w1 x)) with names for what is between, written out
# and compared with the list's gradient, for s = tanh, where every slip shows. With dl = dE/dyhat:
#
#   dE/dw3 = dl x2                              the solution has   dl x2 x2
#   dE/dw2 = dl w3 s'(z2) x1                    the solution has   dl w3 s'(x2) x1
#   dE/dw1 = dl w3 s'(z2) w2 s'(z1) x           right in its last form; the product before it
#                                               lacks dx1/dz1 dz1/dw1
#
# The solution's own number for dE/dw3, 16, is dl x2; its formula would give 64 there.

s(z) = tanh(z)
x = 1
y = 10
w1 = 0.7
w2 = -1.2
w3 = 3

z1 = w1 * x
x1 = s(z1)
z2 = w2 * x1
x2 = s(z2)
yhat = w3 * x2
E = (y - yhat)^2
dl = -2*(y - yhat)
g1, g2, g3 = grad(E, w1, w2, w3)

print "            list          corrected     as it stands"
print "dE/dw3  {g3:13.9f} {dl*x2:13.9f} {dl*x2*x2:13.9f}"
print "dE/dw2  {g2:13.9f} {dl*w3*s'(z2)*x1:13.9f} {dl*w3*s'(x2)*x1:13.9f}"
print "dE/dw1  {g1:13.9f} {dl*w3*s'(z2)*w2*s'(z1)*x:13.9f} {dl*w3*s'(z2)*w2*s'(z1)*x:13.9f}"

# With the numbers of the exercise: dl = 4, x2 = 4
print "dl x2 = {4*4:g}, dl x2 x2 = {4*4*4:g}"
