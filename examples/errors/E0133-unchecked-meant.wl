rule hard(a) = sign(a) uncheked { d/da = 1 }
