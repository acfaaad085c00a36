y = [1, 2, 3]
plot y styles "purple"
