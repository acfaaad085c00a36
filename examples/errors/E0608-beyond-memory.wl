set memory 1
X = load("data/zeros.npz")
