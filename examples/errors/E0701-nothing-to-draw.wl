k = randint(3, 3)
