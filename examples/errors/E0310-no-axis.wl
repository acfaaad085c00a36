v = [1, 2, 3]
print cols(v)
