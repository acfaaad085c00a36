x = [1, 2]
y = x^2
derive y wrt x mode reverse
