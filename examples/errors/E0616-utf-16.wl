X = load("data/wide.csv")
