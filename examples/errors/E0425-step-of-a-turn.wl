x = 2
y = x^3
for n in 1..3 {
  h = 10^(-n)
  print difference(y, x, h)
}
