z = add(1, 2))
