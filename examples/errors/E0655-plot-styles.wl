v = [1, 2, 3]
plot v styles "r", "b"
