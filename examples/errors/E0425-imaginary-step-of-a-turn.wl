x = 1
y = sin(x)
for n in 1..3 {
  h = 10^(-n)
  print complexstep(y, x, h)
}
