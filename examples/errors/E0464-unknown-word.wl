x = 2
f = x^2
derive f wrt x mod reverse
