X = load("data/words.json")
