X = load("data/ragged.csv")
