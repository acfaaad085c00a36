a = [1, 2]
b = [1, 2, 3]
save a, b to "ab.csv"
