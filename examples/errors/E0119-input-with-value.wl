input x1 = 3
