X = load("data/number.csv")
