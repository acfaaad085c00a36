rule cube(a) = a^3 { d/db = 3*a^2 }
