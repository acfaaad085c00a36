# "Forward mode: good for fewer inputs than outputs. Reverse mode: good for more inputs than outputs." A
# number of 100 inputs takes one sweep in reverse, and a sweep for each input in forward mode; 100 numbers
# of one input the other way round. Both ways give the same numbers.

n = 100
I = eye(n)

# many inputs, one output
f(x) = sum(x[..-2]*x[1..]) + exp(mean(x))
x = sin(1..n)
y = f(x)
reverse = grad(y, x)
forward = zeros(n)
for i in 0..n - 1 { y = f(x); forward[i] = jvp(y, x = I[i]) }
print "100 inputs, 1 output:  1 sweep in reverse, 100 forward, the same:", max(abs(forward - reverse)) < 1e-14

# one input, many outputs
t = 0.3
g(t) = sin(t*(1..n))
z = g(t)
forward = jvp(z, t = 1)
reverse = zeros(n)
for i in 0..n - 1 { z = g(t); reverse[i] = vjp(z = I[i], t) }
print "1 input, 100 outputs:  1 sweep forward, 100 in reverse, the same:", max(abs(forward - reverse)) < 1e-12

# `jacobian` counts and takes the cheaper way
print "jacobian agrees:", max(abs(jacobian(z, t) - forward)) < 1e-12
