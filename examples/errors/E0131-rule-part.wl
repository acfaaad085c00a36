rule cube(a) = a^3 { 3*a^2 }
