# Forward and reverse mode on the first iteration of z = sin(z x) + x, written step by step:
#
#   x = ?      a = z0 x      b = sin(a)      z1 = b + x
#
# `tangent` is the two-column table of forward mode with the seed dx = 1: every step with its
# differential. `trace` is reverse mode, read upwards from the seed d/dz1 = 1. Both end in
# dz1/dx = z0 cos(z0 x) + 1. Here x = 1.2 and z0 = 0.4.

x = 1.2
z0 = 0.4
a = z0*x
b = sin(a)
z1 = b + x

tangent z1 wrt x = 1
trace z1 wrt x

da, db, dz1 = jvp(a, x = 1), jvp(b, x = 1), jvp(z1, x = 1)
print "Forward mode, seed dx = 1"
print "  a  = z0 x   = {a:.6f}    da  = z0 dx     = {da:.6f}"
print "  b  = sin(a) = {b:.6f}    db  = cos(a) da = {db:.6f}"
print "  z1 = b + x  = {z1:.6f}    dz1 = db + dx   = {dz1:.6f}"
print "  dz1/dx = z0 cos(z0 x) + 1 = {z0*cos(z0*x) + 1:.6f}"
db, da, dx = grad(z1, b, a, x)
print "Reverse mode, seed d/dz1 = 1 (read upwards)"
print "  d/dx  = da/dx d/da + dz1/dx d/dz1 = z0 d/da + d/dz1 = {dx:.6f}"
print "  d/da  = db/da d/db = cos(a) d/db                     = {da:.6f}"
print "  d/db  = dz1/db d/dz1 = d/dz1                         = {db:.6f}"
