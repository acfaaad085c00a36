W = [1, 2]
save 2*W to "w.npz"
