# Twenty iterations of z_{n+1} = sin(z_n x) + x from z_0 = 0 at x = 1, in both modes, by hand as the
# notebook's df_fw and df_rv do it: forward carries dz along with z; reverse keeps every z, then goes
# back through them.
#
# The notebook's reverse table says d/dz_0 = dz_1/dz_0 d/dz_1 = 0. It is x cos(z_0 x) d/dz_1, which is
# 3.6e-9 here, not 0; it drops out of d/dx because z_0 does not depend on x.

x = 1

# forward
z = zeros(21)
dz = zeros(21)
for n in 1..20 {
  dz[n] = x*cos(x*z[n - 1])*dz[n - 1] + (z[n - 1]*cos(x*z[n - 1]) + 1)
  z[n] = sin(z[n - 1]*x) + x
}

# reverse: bar[n] is d/dz_n, sofar[n] is d/dx when the sweep has come down to z_n
bar = zeros(21)
sofar = zeros(21)
bar[20] = 1
dx = 0
for n in 20..1 by -1 {
  dx += (z[n - 1]*cos(z[n - 1]*x) + 1)*bar[n]
  bar[n - 1] = x*cos(z[n - 1]*x)*bar[n]
  sofar[n - 1] = dx
}

print " n   z_n             dz_n (forward)   d/dz_n (reverse)  d/dx so far"
for n in 0..19 {
  print "{n:2.0f}   {z[n]:.12f}  {dz[n]:15.12f}  {bar[n]:15.12f}  {sofar[n]:15.12f}"
}
print "{20:2.0f}   {z[20]:.12f}  {dz[20]:15.12f}  {bar[20]:15.12f}"
print "dz20/dx: forward {dz[20]:.12f}   reverse {dx:.12f}"

# The same by the list
z0 = 0
y = z0
for n in 1..20 { y = sin(y*x) + x }
gx, gz0 = grad(y, x, z0)
print "the list: forward {jvp(y, x = 1):.12f}   reverse {gx:.12f}"
print "d/dz_0 = {gz0:.2e}"
