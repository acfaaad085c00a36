seed(1)
X = randn(6, 2)
w = [1, 2]
E = mean((X @ w)^2)
minimize E over w by sgd(rate = 0.1) batch 0 of X for 10 steps
