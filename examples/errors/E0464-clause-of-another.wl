x = 2
y = x^2
plot y at x = 5
