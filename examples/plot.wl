# Curves in the terminal; behind `to`, a file: plot f over xs to "f.svg".
f(x) = x * sin(x)
xs = linspace(0, 10, 101)
plot f, f' over xs labels "x sin x", "its slope" tangents 7.98

# The error of a difference quotient against its step, on logarithmic axes.
h = [1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4]
central = abs((sin(1 + h) - sin(1 - h)) / (2*h) - cos(1))
forward = abs((sin(1 + h) - sin(1)) / h - cos(1))
plot central, forward over h loglog styles "bo-", "r--" slopes 2, 1 xlabel "h" ylabel "error"

# Contour lines of a function of two numbers, with the path of a descent.
bowl(a, b) = a^2 + 3*b^2
p = [1.8, 0.9]
path = reshape(p, [1, 2])
for n in 1..12 { a = p[0]; b = p[1]; p = p - 0.12*[2*a, 6*b]; path = concat(path, reshape(p, [1, 2])) }
plot bowl over x = linspace(-2, 2, 61), y = linspace(-1, 1, 41) path path title "descent"
