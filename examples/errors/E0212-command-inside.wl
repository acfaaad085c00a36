x = 3
repeat 2 {
  y = x^2
  trace y
}
