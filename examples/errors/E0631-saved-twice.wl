W = [1, 2]
save W, W to "w.npz"
