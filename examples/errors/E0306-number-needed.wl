v = [1, 2, 3]
for n in 1..v { print n }
