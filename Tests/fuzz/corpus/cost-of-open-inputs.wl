input X: [4, 3]
input w: [3]
y = sum(sigma(X @ w))
cost y
for i in 1..w[0] { y = y*2 }
cost y
