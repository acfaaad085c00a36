X = load("net.pkl")
