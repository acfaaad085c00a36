X = load("data/gap.csv")
