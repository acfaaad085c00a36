v = [1]
n = 0
while n < 3 {
  v = concat(v, [1], axis = 0)
  n += 1
}
