float x = 3
