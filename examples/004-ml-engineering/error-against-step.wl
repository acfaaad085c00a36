# The error of the central difference and of the complex step against the step, for z20 at x = 1. The
# difference is best near 1e-6 and worse on both sides: too large a step leaves the h^2 term, too small a
# step subtracts two numbers that agree in all but their last digits. The complex step subtracts nothing:
# its error falls like h^2 too, and then stays at the last digit for every smaller step.
#
# (Taylor's formula on the slide, f(x + ih) = f + ih f' - h^2/2 f'' - i h^3/6 f''', holds up to O(h^4).
# The notebook's points and steps are in a hidden cell; these are ours.)

z20(x) = {
  z = 0
  for n in 1..20 { z = sin(z*x) + x }
  z
}

x = 1
h = [1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12]
exact = z20'(x)
central = abs(difference(z20, x, h, "central") - exact)
complex = abs(complexstep(z20, x, h) - exact)
print "   h      central     complex step"
for i in 0..3 { print "{h[i]:.0e}   {central[i]:.2e}    {complex[i]:.2e}" }
print "central difference: best below 1e-10:", min(central) < 1e-10
print "and above 1e-6 again at 1e-12:", central[11] > 1e-6
print "complex step below 2e-15 for every h <= 1e-8:", max(complex[7..]) < 2e-15

# the part of the picture that is the same on every machine: two slopes of 2
h = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4]
central = abs(difference(z20, x, h, "central") - exact)
complex = abs(complexstep(z20, x, h) - exact)
plot central, complex over h loglog styles "b-", "r--" labels "Central Diff.", "Complex Step" xlabel "Step size" ylabel "Error"
