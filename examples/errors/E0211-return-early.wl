f(x) = {
  return x
  y = 2*x
}
print f(3)
