X = load("data/objects.npy")
