# A chain z1 = f1(z0), z2 = f2(z1), z3 = f3(z2): the derivative as a product, multiplied from the left as
# the sweep does, so that delta[z_i] is the product of the factors so far.

z0 = 0.5
z1 = sin(z0)
z2 = exp(z1)
z3 = square(z2)

derive z3 wrt z0
derive z3 wrt z0 mode reverse
trace z3 wrt z0 notation leibniz
