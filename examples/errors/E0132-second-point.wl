x = 2
y = x^2
forward y at x = 3, x = 4
