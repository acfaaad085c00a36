X = load("data/text.csv")
