z = 0
for n in 1..20:
  z = sin(z) + 1
