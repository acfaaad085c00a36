z = [1]
repeat 70 { z = concat(z, z) }
