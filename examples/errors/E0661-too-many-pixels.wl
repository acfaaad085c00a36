t = (1, 2)
z = 0.5
for i in 0..2999 { z = sin(z + t[i % 2]) }
graph z to "z.png"
