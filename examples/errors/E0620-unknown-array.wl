X = load("data/two.json", "W3")
