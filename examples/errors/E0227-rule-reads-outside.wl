k = 3
rule scaled(a) = k*a { d/da = k }
print scaled(2)
