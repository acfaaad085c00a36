# "Generalizing backprop": a list of numbered entries x3 … x9 over the inputs x1, x2. pi(i) names the
# entries that entry i reads; pi(7) = (2, 5) with f7 = add is the slide's own example. Step 2 goes
# down from x9 and adds, for each entry, what all of its users send:
#
#   dx9/dx_i = sum over j with i in pi(j) of dx9/dx_j df_j/dx_i
#
# (An i that stands twice in pi(j), as in add(x1, x1), counts twice.)

x1 = 0.5
x2 = -0.8
x3 = mul(x1, x2)
x4 = square(x1)
x5 = add(x3, x4)
x6 = sin(x3)
x7 = add(x2, x5)
x8 = mul(x6, x7)
x9 = exp(x8)

trace x9

g8, g7, g6, g5, g4, g3, g2, g1 = grad(x9, x8, x7, x6, x5, x4, x3, x2, x1)
print "\nStep 1: forward"
print "x3 <- {x3:.6f}  x4 <- {x4:.6f}  x5 <- {x5:.6f}  x6 <- {x6:.6f}"
print "x7 <- {x7:.6f}  x8 <- {x8:.6f}  x9 <- {x9:.6f}"
print "Step 2: backprop"
print "dx9/dx8 = dx9/dx9 df9/dx8 = {1:.6f} * {exp(x8):.6f} = {g8:.6f}"
print "dx9/dx7 = dx9/dx8 df8/dx7 = {g8:.6f} * {x6:.6f} = {g7:.6f}"
print "dx9/dx6 = dx9/dx8 df8/dx6 = {g8:.6f} * {x7:.6f} = {g6:.6f}"
print "dx9/dx5 = dx9/dx7 df7/dx5 = {g7:.6f} * {1:.6f} = {g5:.6f}"
print "dx9/dx4 = dx9/dx5 df5/dx4 = {g5:.6f} * {1:.6f} = {g4:.6f}"
print "dx9/dx3 = dx9/dx5 df5/dx3 + dx9/dx6 df6/dx3 = {g5:.6f} * {1:.6f} + {g6:.6f} * {cos(x3):.6f} = {g3:.6f}"
print "dx9/dx2 = dx9/dx3 df3/dx2 + dx9/dx7 df7/dx2 = {g3:.6f} * {x1:.6f} + {g7:.6f} * {1:.6f} = {g2:.6f}"
print "dx9/dx1 = dx9/dx3 df3/dx1 + dx9/dx4 df4/dx1 = {g3:.6f} * {x2:.6f} + {g4:.6f} * {2*x1:.6f} = {g1:.6f}"
