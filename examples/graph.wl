# A picture of a list: boxes with values and adjoints, joined by lines.
# Behind `to`, a file: graph E to "net.svg" (also .dot for Graphviz and .mmd for Mermaid).
x1 = 3
x2 = 4
z1 = add(x1, x1)
z2 = add(z1, x2)
f = square(z2)
graph f

# A loop is a box; what a turn does stands below. `folded` leaves it out.
x = 0.5
z = x
for n in 1..20 { z = sin(z*x) + x }
graph z
