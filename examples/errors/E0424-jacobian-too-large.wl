x = zeros(100000)
y = sin(x)
J = jacobian(y, x)
