X = load("data/names.csv")
