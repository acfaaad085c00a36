g(x) = (1 - 1e-7)*x + 1e-7
x = fixpoint(g, 2)
