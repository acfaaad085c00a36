xs = [1, 2]
xs = append(xs, 3)
