# A gradient is made of entries like any other value, so it can be derived again.

x = 1.2
f = sin(x) * exp(-x)
f1 = grad(f, x)
f2 = grad(f1, x)
f3 = grad(f2, x)
print "f    = {f:.10f}"
print "f'   = {f1:.10f}"
print "f''  = {f2:.10f}"
print "f''' = {f3:.10f}"

# By hand, f'' = -2 cos(x) exp(-x).
print "the difference to -2 cos(x) exp(-x) is below 1e-15:", abs(f2 + 2*cos(x)*exp(-x)) < 1e-15

# For a function of one number, `'` derives.
g(t) = sin(t) * exp(-t)
print "g''(1.2) = {g''(1.2):.10f}"

# The second partial derivatives of a polynomial of two: f = (2 x1 + x2)^2.
x1 = 3
x2 = 4
h = (2*x1 + x2)^2
d1, d2 = grad(h, x1, x2)
d11, d12 = grad(d1, x1, x2)
d21, d22 = grad(d2, x1, x2)
print [[d11, d12], [d21, d22]]
