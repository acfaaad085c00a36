w = 3
E = w^2
minimize E over w by sgd(rate = 0.25) for 4 steps from "numbers.csv"
