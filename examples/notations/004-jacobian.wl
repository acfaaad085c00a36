# Columns of a Jacobian forward, rows of it in reverse: a sweep for each.

x0 = 0.7
x1 = -0.4
x2 = 1.1
u0 = x0*x1
u1 = sin(x2)
u2 = x0 + x2^2
y0 = u0 + u1*u2
y1 = exp(u0)*u1

print "J e_1: a forward sweep for the first column"
tangent y0 wrt x0 = 1
tangent y1 wrt x0 = 1
print "e_1ᵀ J: a reverse sweep for the first row"
trace y0 wrt x0, x1, x2 notation leibniz
print "e_2ᵀ J"
trace y1 wrt x0, x1, x2 notation leibniz
