x = 3 + "four"
