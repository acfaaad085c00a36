X = load("data/numbers.csv", columns = 2)
