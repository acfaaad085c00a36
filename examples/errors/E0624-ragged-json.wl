X = load("data/ragged.json")
