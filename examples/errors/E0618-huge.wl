X = load("data/huge.npy")
