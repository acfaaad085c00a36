rule cube(a) = a^3
