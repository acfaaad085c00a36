seed(1)
X = randn(6, 2)
w = [1, 2]
t = [1, 2]
E = mean((X @ w)^2) + sum(t*w)
minimize E over w by sgd(rate = 0.1) batch 2 of X, t for 10 steps
