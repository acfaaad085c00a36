fun f(x) = x^2
