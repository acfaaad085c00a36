a = 1
b = 2
trace a, b
