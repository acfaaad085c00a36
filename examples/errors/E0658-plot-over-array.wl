x = [1, 2]
y = sum(x)
plot y over x = linspace(0, 1, 3)
