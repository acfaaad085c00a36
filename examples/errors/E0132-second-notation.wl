x = 2
y = x^2
trace y notation bar notation delta
