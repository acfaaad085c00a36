X = load("data/text.csv", "width")
