rule f(a) = log(-1 - abs(a)) { d/da = 7 }
