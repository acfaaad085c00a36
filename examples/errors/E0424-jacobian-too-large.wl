x = zeros(1000000)
y = sin(x)
J = jacobian(y, x)
