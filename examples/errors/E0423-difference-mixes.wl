f(x) = x*sum(x)
print difference(f, [1, 2], 1e-5)
