input x
s = 0
repeat 3 { s += x*rand() }
u = rand()
