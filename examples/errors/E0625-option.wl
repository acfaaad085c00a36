X = load("data/numbers.csv", colum = 0)
