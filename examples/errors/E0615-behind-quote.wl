X = load("data/behind.csv")
