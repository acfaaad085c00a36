x = 2
y = x^2
trace y wrt x = 5
