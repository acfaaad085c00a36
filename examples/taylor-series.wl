# Coefficients of a power series through a loop, and what they are good for.
# Newton's iteration for the square root of 1 + x, around x = 0.
x = 0
w = 1
repeat 6 { w = 0.5*(w + (1 + x)/w) }
c = taylor(w, x = 1, 6)
print c

# The same numbers by the binomial theorem.
b = 1
for k in 0..5 { b = b*(0.5 - k)/(k + 1); print "{b!r}" }

# The sum of the series near by, against the root itself.
sum6 = 0
for k in 6..0 by -1 { sum6 = sum6*0.1 + c[k] }
print "{sum6:.7f} {sqrt(1.1):.7f}"

# A second derivative is twice the second coefficient.
d = grad(w, x)
print grad(d, x), 2*c[2]
