X = load("data/short.npy")
