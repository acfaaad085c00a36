# The multivariate case: y = F2(F1(x)), and products of the Jacobian J = dF2/dF1 dF1/dx with vectors,
# which never form J. A JVP with the seed e_i gives the i-th column of J (forward mode, good for few
# inputs), a VJP with the seed e_j the j-th row (reverse mode, good for few outputs).
#
#   F1(x) = (x0 x1, sin x2, x0 + x2^2)      F2(u) = (u0 + u1 u2, exp(u0) u1)

x = [0.7, -0.4, 1.1]
u = [x[0]*x[1], sin(x[2]), x[0] + x[2]^2]
y = [u[0] + u[1]*u[2], exp(u[0])*u[1]]
print "u = F1(x) = {u:.6f}"
print "y = F2(u) = {y:.6f}"
print "dF1/dx =\n{jacobian(u, x):.6f}"
print "dF2/dF1 =\n{jacobian(y, u):.6f}"

print "Forward mode (JVP, seed e_i gives the i-th column of J)"
du, dy = jvp(u, x = [1, 0, 0]), jvp(y, x = [1, 0, 0])
print "  dx = e_1:  du = {du:.6f}   dy = J e_1 = {dy:.6f}"
du, dy = jvp(u, x = [0, 1, 0]), jvp(y, x = [0, 1, 0])
print "  dx = e_2:  du = {du:.6f}   dy = J e_2 = {dy:.6f}"
du, dy = jvp(u, x = [0, 0, 1]), jvp(y, x = [0, 0, 1])
print "  dx = e_3:  du = {du:.6f}   dy = J e_3 = {dy:.6f}"

print "Reverse mode (VJP, seed e_j gives the j-th row of J)"
ubar, xbar = vjp(y = [1, 0], u, x)
print "  dy = e_1:  e_1T dF2/dF1 = {ubar:.6f}   e_1T J = {xbar:.6f}"
ubar, xbar = vjp(y = [0, 1], u, x)
print "  dy = e_2:  e_2T dF2/dF1 = {ubar:.6f}   e_2T J = {xbar:.6f}"

# `jacobian` takes whichever needs fewer sweeps, here two in reverse
print "J =\n{jacobian(y, x):.6f}"
