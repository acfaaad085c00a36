# The slope of z20 at 1 by differences and by complex steps, with ever smaller steps: differences
# lose digits to subtraction, a complex step subtracts nothing. 1 says that the error is as small
# as told: below 1e-9 for the difference, below 2e-15 for the complex step.
g(x) = {
  z = 0
  for n in 1..20 { z = sin(z*x) + x }
  z
}
slope = 0.22989268390424821   # by 40 digits
for k in 1..12 {
  h = 10^(-k)
  d = difference(g, 1, h, "central")
  c = complexstep(g, 1, h)
  print "{h:.0e} {abs(d - slope) < 1e-9:.0f} {abs(c - slope) < 2e-15:.0f}"
}
print "{complexstep(g, 1):.12f}"
