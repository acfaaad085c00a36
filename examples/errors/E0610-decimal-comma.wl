X = load("data/comma.csv")
