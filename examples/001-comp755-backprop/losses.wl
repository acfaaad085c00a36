# Common losses: 1/2 (y - yhat)^2 for a continuous y, -y log yhat - (1 - y) log(1 - yhat) for a binary
# one. The lecture asks: is the loss larger when y and yhat differ than when they agree? With
# 0 log 0 = 0, which `xlogy(a, b)`, a log b, keeps, it is.

square_loss(yhat, y) = 1/2*(y - yhat)^2
binary_loss(yhat, y) = 0 - xlogy(y, yhat) - xlogy(1 - y, 1 - yhat)

print "  y  yhat  squared     binary"
for y in [0, 1] {
  for yhat in [0, 0.1, 0.5, 0.9, 1] {
    print "  {y}  {yhat:.1f}   {square_loss(yhat, y):.6f}   {binary_loss(yhat, y):.6f}"
  }
}

# The derivative of the binary loss with respect to what goes into the last sigmoid is yhat - y.
z = 0.7
for y in [0, 1] {
  E = binary_loss(sigmoid(z), y)
  print "y = {y}: dE/dz = {grad(E, z):.9f}, yhat - y = {sigmoid(z) - y:.9f}"
}
