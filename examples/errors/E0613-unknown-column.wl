X = load("data/text.csv", columns = "with")
