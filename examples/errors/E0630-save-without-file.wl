W = [1, 2]
save W
