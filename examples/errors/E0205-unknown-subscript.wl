P = [[0.2, 0.8]]
C = crossEnt_Y(P)
