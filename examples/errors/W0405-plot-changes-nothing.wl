x = 3
y = x^2
x = 4
plot y over x = [1, 2, 3]
