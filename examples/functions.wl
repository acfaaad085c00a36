# A function is a list with a name. A call writes it into the program's list, so everything
# that works on lists works through calls.

f(x1, x2) = (2*x1 + x2)^2
print f(3, 4)
print grad(f)(3, 4)

# A body of several lines stands in braces; its last line is the result.
layer(X, W, b) = {
  Z = X @ W + b
  tanh(Z)
}
A = layer([[1, 0.5]], [[0.2, -0.4], [0.6, 0.1]], [[0.1, 0.3]])
print "{A:.6f}"

# Several results
polar(x, y) = { return sqrt(x^2 + y^2), atan2(y, x) }
r, phi = polar(3, 4)
print "r = {r}, phi = {phi:.6f}"

# A function may take a function: a rule of integration that asks for its integrand.
simpson(g, a, b) = (b - a)/6 * (g(a) + 4*g((a + b)/2) + g(b))
cube(x) = x^3
print simpson(cube, 0, 2)

# `'` derives a function of one number; `''` twice.
print cube(2), cube'(2), cube''(2)

# Names outside are read as they are when the call is made; names inside are the function's own.
k = 10
scaled(x) = k*x
print scaled(1)
k = 20
print scaled(1)
