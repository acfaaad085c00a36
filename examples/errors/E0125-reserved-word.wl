while = 3
