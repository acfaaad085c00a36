x = 3
y = x^2
x = 4
forward y at x = 5
