g(x) = sum(x)/2
x = fixpoint(g, [1, 2])
