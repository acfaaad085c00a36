n = 0
while rand() < 0.9 { n += 1 }
