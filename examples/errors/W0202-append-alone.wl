hs = (1, 2)
hs.append(3)
print hs
