x = 3
y = x^2
grad y x
