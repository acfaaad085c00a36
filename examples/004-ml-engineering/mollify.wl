# "Use a probability distribution to mollify the discontinuity": in place of f(x) take the mean of
# f(x + sigma u) over gaussian u. For a step that is the normal distribution function, with the bell
# curve as its derivative, both known; `smooth` estimates them from draws of your own, and its gradient
# never asks f for a derivative:
#
#   gradient = mean over the draws u of (f(x + sigma u) - f(x - sigma u)) u / (2 sigma)

step(x) = sum(x > 0)
sigma = 0.5
seed(1)
U = randn(20000, 1)

print "   x     smoothed   Phi(x/sigma)   slope   phi(x/sigma)/sigma"
for x0 in [-1, -0.25, 0, 0.5] {
  x = [x0]
  y = smooth(step, x, sigma, U)
  g = grad(y, x)
  bell = exp(-(x0/sigma)^2/2)/(sqrt(2*pi)*sigma)
  print "{x0:5.2f}   {y:.3f}      {(1 + erf(x0/(sigma*sqrt(2))))/2:.3f}          {g[0]:.3f}   {bell:.3f}"
}

# A few draws are enough to go downhill, where the step itself has no slope anywhere
x = [0.7]
repeat 40 {
  y = smooth(step, x, sigma, randn(8, 1))
  x -= 0.2*grad(y, x)
}
print "from 0.7 downhill to a point left of the step:", x[0] < 0
