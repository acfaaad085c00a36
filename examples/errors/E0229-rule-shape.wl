rule twice(v) = 2*v { bar v = 2*sum(bar) }
x = [1, 2]
E = sum(twice(x))
g = grad(E, x)
