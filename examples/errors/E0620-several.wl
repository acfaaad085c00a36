X = load("data/two.json")
