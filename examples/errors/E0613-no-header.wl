X = load("data/numbers.csv", columns = "a")
