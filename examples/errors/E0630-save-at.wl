x = 2
f = x^2
save f at x = 3 to "f.npy"
