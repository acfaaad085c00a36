X = load("data/quote.csv")
