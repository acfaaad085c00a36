# One turn of z = sin(z x) + x in both modes, and then the recurrences of many turns, which are told and
# not written out.

z0 = 0.4
x = 1.2
a = z0*x
b = sin(a)
z1 = b + x

print "Forward mode, seed dx = 1"
tangent z1 wrt x = 1
derive z1 wrt x mode forward
print "Reverse mode, seed dz1/dz1 = 1"
trace z1 wrt x notation leibniz
derive z1 wrt x mode reverse

x = 1
z = 0
for n in 1..20 { z = sin(z*x) + x }
print "Many turns: dz_n/dx forward, dz/dz_n in reverse"
derive z wrt x
derive z wrt x mode reverse
print "dz20/dx = {grad(z, x):.12f}"
