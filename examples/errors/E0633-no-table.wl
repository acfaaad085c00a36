T = [[[1, 2]]]
save T to "t.csv"
