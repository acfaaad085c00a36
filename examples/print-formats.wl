# What `print` can do.

x = 1/3
n = 1e10
W = [[1, -0.5], [0.25, 100]]

# Items stand with a blank between; numbers have six digits, arrays NumPy's layout.
print x, n, 2, W
print "x is", x

# A format in braces, with Python's specifications, goes to each element.
print "{x:.3f} {x:10.2e} {x:+.4g} {n:.0f}"
print "{W:.2f}"
print "{W:8.3f}"

# `!r` writes the shortest number that reads back as the same one.
print "{x!r} {0.1 + 0.2!r}"

# Formulas stand in braces too; a brace itself is written twice.
print "{2*x + 1:.4f} {{not a format}}"

# Names of rounding's guests
print nan, inf, -inf, 0/1, -1*0

# A line break in a string
print "one\ntwo"

# In a loop, print speaks when its turn runs.
for k in 1..3 { print "turn {k}: {k^2}" }
