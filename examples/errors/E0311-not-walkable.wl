x = 3
for n in x { print n }
