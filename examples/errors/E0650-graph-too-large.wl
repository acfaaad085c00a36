t = (1, 2)
z = 0.5
for i in 0..9999 { z = sin(z + t[i % 2]) }
graph z
