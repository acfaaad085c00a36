# A deeper net, 2-3-2-1, and the second bug of the notebook. Its backward_prop has
#
#   dldhs[l][j] = m*Wl[i,j]         where (23) sums over i:        dldhs[l][j] += m*Wl[i,j]
#
# In a 2-2-1 net the sum over i matters for the input layer only, which nobody reads, so the lecture's
# numbers do not show it. Here they would: the loops of the notebook run below with = and with +=.

Ws = ([[0.5, -0.3], [0.8, 0.2], [-0.6, 0.9]], [[0.4, -0.7, 0.1], [1.1, 0.3, -0.5]], [[0.9, -1.2]])
bs = ([[0.1], [-0.2], [0.3]], [[0.05], [-0.4]], [[0.2]])
x = [[1], [0.5]]
y = 1

hs = (x,)
zs = (x,)
for Wl, bl in Ws, bs {
  zs = append(zs, Wl @ hs[-1] + bl)
  hs = append(hs, sigmoid(zs[-1]))
}
loss = 1/2*sum((hs[-1] - y)^2)

# backward_prop for one layer, from the derivative by its output to that by its input
backward(W, z, dldh) = {
  result = zeros(cols(W), 1)
  for i in 0..rows(W) - 1 {
    m = dldh[i, 0]*sigmoid'(z[i, 0])
    for j in 0..cols(W) - 1 { result[j, 0] += m*W[i, j] }
  }
  result
}
overwriting(W, z, dldh) = {
  result = zeros(cols(W), 1)
  for i in 0..rows(W) - 1 {
    m = dldh[i, 0]*sigmoid'(z[i, 0])
    for j in 0..cols(W) - 1 { result[j, 0] = m*W[i, j] }
  }
  result
}

right = hs[-1] - y
wrong = right
gs = grad(loss, hs)
print "layer 3  list {gs[3].T:.9f}  += {right.T:.9f}  = {wrong.T:.9f}"
right = backward(Ws[2], zs[3], right)
wrong = overwriting(Ws[2], zs[3], wrong)
print "layer 2  list {gs[2].T:.9f}\n           += {right.T:.9f}\n            = {wrong.T:.9f}"
right = backward(Ws[1], zs[2], right)
wrong = overwriting(Ws[1], zs[2], wrong)
print "layer 1  list {gs[1].T:.9f}\n           += {right.T:.9f}\n            = {wrong.T:.9f}"
right = backward(Ws[0], zs[1], right)
wrong = overwriting(Ws[0], zs[1], wrong)
print "layer 0  list {gs[0].T:.9f}\n           += {right.T:.9f}\n            = {wrong.T:.9f}"
