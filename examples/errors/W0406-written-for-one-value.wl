x = [1, 2, 4]
n = 1
E = (sum(x[0..n])*n - 5)^2
minimize E over n by sgd(rate = 0.01) for 2 steps
