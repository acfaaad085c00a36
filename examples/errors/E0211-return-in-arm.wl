f(a) = {
  if a > 0 { return a }
  2*a
}
print f(3)
