# "High school: symbolic differentiation": the derivation table of the slides for f = (2 x1 + x2)^2,
# with a reason for every step. The slides show four of the eight rows; `derive` writes them all, down to
# 8 x1 + 4 x2. (One slide has z2 = add(x1, x2); it is add(z1, x2).)

x1 = 3
x2 = 2
z1 = add(x1, x1)
z2 = add(z1, x2)
f  = square(z2)

derive f wrt x1
derive f wrt x2

print "at x1 = 3, x2 = 2:", grad(f, x1, x2)
