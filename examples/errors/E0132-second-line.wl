rule square2(a) = a^2 unchecked { d/da = 2*a; d/da = 3*a }
