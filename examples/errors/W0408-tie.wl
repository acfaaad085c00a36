x = 1
if x > 1 { y = x } else { y = 2*x }
print grad(y, x)
