# The lecture's first list, computed forward and then walked in reverse:
#
#   f(x1, x2) = (2 x1 + x2)^2 = 4 x1^2 + 4 x1 x2 + x2^2
#   df/dx1 = 8 x1 + 4 x2      df/dx2 = 4 x1 + 2 x2
#
# `list f` is the list as the slide has it, `table` shows the rows of the derivative table that the
# slide calls DG, and `trace f` is `backprop(f, val)`: a5 is delta[f] and so on. x1 stands twice in
# the first entry, so both uses send something to it.
#
# (The derivation table of the slides says z2 = add(x1, x2) once; it is add(z1, x2). And in the list
# as Python data, ("f", "square", ("z2")) holds a string: a tuple of one is ("z2",).)

x1 = 3
x2 = 2
z1 = add(x1, x1)
z2 = add(z1, x2)
f  = square(z2)

list f
table add
table square
trace f

d1, d2 = grad(f, x1, x2)
print "df/dx1 = {d1:g}, and 8x1 + 4x2 = {8*x1 + 4*x2:g}"
print "df/dx2 = {d2:g}, and 4x1 + 2x2 = {4*x1 + 2*x2:g}"
