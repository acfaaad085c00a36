x = 2
y = sin x
