X = load("data/twins.csv", columns = "a")
