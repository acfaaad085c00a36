X = load("data/mixed.csv")
