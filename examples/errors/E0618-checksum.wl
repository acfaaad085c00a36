X = load("data/checksum.npz")
