f(u) = u^2
y = sin(f')
