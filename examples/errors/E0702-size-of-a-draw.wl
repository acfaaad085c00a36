x = normal([0, 1], 1, 3)
