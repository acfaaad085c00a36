x = 100
print log10(x)
