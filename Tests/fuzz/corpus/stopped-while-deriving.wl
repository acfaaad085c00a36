w = [2, 2]
E = ([2]*sigmoid(w[1]*w[0]) - 10)^2
g = grad(E, w)
for i in 0..9 { d = 10^(-i) }
derive g
derive g
derive g
