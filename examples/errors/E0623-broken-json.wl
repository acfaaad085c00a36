X = load("data/broken.json")
