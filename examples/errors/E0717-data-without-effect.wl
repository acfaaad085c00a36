seed(1)
X = randn(6, 2)
w = [1, 2]
Y = X + 1
E = mean((X @ w)^2)
minimize E over w by sgd(rate = 0.1) batch 2 of Y for 10 steps
