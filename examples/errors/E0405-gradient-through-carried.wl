w = 0.5
z = 1
repeat 3 {
  z = z*w
  g = grad(z, w)
}
