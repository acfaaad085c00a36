rule noisy(a) = a + rand() { d/da = 1 }
print noisy(2)
