x = [1, 2]
y = x^2
I = eye(2)
for i in 0..1 { print vjp(y = I[i], x) }
