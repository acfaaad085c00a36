rule cube(a) = a^3 { d/da = 2*a^2 }
