X = load("data/page.npy")
