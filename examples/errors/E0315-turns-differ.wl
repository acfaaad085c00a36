hs = ()
n = 0
while n < 3 {
  hs = append(hs, n)
  n += 1
}
