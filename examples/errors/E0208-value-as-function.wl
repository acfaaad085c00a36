x = 3
y = x^2
print y'(x)
