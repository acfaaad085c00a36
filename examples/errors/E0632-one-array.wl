W = [1, 2]
b = 3
save W, b to "w.npy"
