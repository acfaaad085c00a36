X = load("data/complex.npy")
