W = [1, 2]
save("w.npz", W)
