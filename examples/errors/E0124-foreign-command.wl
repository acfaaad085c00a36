x = 2
reverse x^2
