seed(1)
X = randn(6, 2)
w = [1, 2]
E = sum((X @ w)^2)/6
minimize E over w by sgd(rate = 0.01) batch 2 of X for 10 steps
