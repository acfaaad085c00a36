a = 2
b = 3
a b
