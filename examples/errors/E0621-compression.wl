X = load("data/bzip2.npz")
