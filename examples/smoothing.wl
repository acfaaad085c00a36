# Functions without a derivative, three ways: softmax in place of argmax, a step averaged over draws,
# and a two-point random estimate of a gradient.

# The one-hot vector of argmax is the limit of softmax(s / T) as the temperature T goes to 0.
s = [1, 3, 2]
print "argmax", argmax(s)
for T in [5, 1, 0.2, 0.05] {
  p = softmax(s/T)
  print "T = {T:.2f}  softmax {p:.6f}"
}
T = 1
p = softmax(s/T)
print "{jacobian(p, s):.6f}"

# A step, averaged over x ± sigma u: with normal draws it becomes the normal distribution's curve.
step(v) = v > 0
x = 0.3
sigma = 0.5
seed(4)
U = randn(20000)
y = smooth(step, x, sigma, U)
z = x/sigma
print "step {y:.3f}, the curve {0.5*(1 + erf(z/sqrt(2))):.3f}"
print "slope {grad(y, x):.3f}, the curve's {exp(-z^2/2)/(sigma*sqrt(2*pi)):.3f}"

# Eight draws of two coordinates: value, estimator, and the same sums by hand.
U8 = randn(8, 2)
w = [0.2, -0.1]
h(v) = sum(abs(v)) + (v[0] > 0)
m = smooth(h, w, 0.3, U8)
total = zeros(2)
for u in U8 { total += (h(w + 0.3*u) - h(w - 0.3*u))*u/(2*0.3)/8 }
print "eight draws", m, grad(m, w)
print "by hand    ", total
trace m wrt w

# Zeroth-order descent: steps against the estimate find the bottom of a function with a kink.
bowl(v) = abs(v[0] - 1) + (v[1] + 2)^2
v = [0, 0]
for k in 0..199 {
  D = randn(4, 2)
  slope = zeros(2)
  for u in D { slope += (bowl(v + 0.05*u) - bowl(v - 0.05*u))*u/(2*0.05)/4 }
  v -= 0.03*slope
}
print "the bottom at [1, -2], found to 0.1:", norm(v - [1, -2]) < 0.1
