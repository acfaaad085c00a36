# The list of the lecture slide (CMU 10-405, "Wengert lists"):
#   f(x1, x2) = (2 x1 + x2)^2
# written as a list of small operations, and differentiated by hand's method:
# forward through the list for the values, backward for the derivatives.

x1 = 3
x2 = 4
z1 = add(x1, x1)
z2 = add(z1, x2)
f = square(z2)

trace f
