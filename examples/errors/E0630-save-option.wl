W = [1, 2]
save W as "w.npz"
