# "Zeroth-order optimization: estimate gradients by sampling." Along a random direction u, the two-point
# estimate (f(x + h u) - f(x - h u))/(2h) u has the gradient as its mean, for gaussian u. It needs values
# only: no derivative, no list. Many draws are needed for what one reverse sweep gives exactly.

f(x) = (x[0] - 1)^2 + 2*(x[1] + 0.5)^2 + 0.5*sin(3*x[0])*x[1]
x = [0.3, 0.4]
y = f(x)
g = grad(y, x)
print "the gradient            {g:.6f}"

h = 1e-4
seed(2)
print "two-point estimates"
for n in [10, 100, 1000, 10000] {
  total = zeros(2)
  repeat n {
    u = randn(2)
    total += (f(x + h*u) - f(x - h*u))/(2*h)*u
  }
  print "  mean of {n:5.0f} draws     {total/n:.2f}"
}

# Descent with one draw a step, against descent with the gradient
z = x
repeat 400 {
  u = randn(2)
  z -= 0.02*(f(z + h*u) - f(z - h*u))/(2*h)*u
}
w = x
repeat 400 {
  e = f(w)
  w -= 0.02*grad(e, w)
}
print "after 400 steps         sampled {z:.3f}, with the gradient {w:.3f}"
