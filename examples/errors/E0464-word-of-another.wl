x = 2
y = x^2
cost y full
