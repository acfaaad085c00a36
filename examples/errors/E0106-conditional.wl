x = 2
y = 3 if x > 1 else 0
