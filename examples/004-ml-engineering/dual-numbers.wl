# Two ways to implement forward and reverse mode. Operator overloading with dual numbers: a value
# and its tangent travel together, and every operation says what it does to both. Source code
# transformation: a program that reads the program and writes the derivative; `adjoint` prints it.

# dual numbers as tuples (value, tangent)
times(u, v) = (u[0]*v[0], u[1]*v[0] + u[0]*v[1])
plus(u, v) = (u[0] + v[0], u[1] + v[1])
sine(u) = (sin(u[0]), cos(u[0])*u[1])

x = (1, 1)
z = (0, 0)
for n in 1..20 { z = plus(sine(times(z, x)), x) }
print "dual numbers: z20 = {z[0]:.12f}, dz20/dx = {z[1]:.12f}"

# the derivative program
x = 1
z = 0
for n in 1..20 { z = sin(z*x) + x }
print "the list:     z20 = {z:.12f}, dz20/dx = {grad(z, x):.12f}"

# the program of the derivative, after three turns
z = 0
for n in 1..3 { z = sin(z*x) + x }
adjoint z
