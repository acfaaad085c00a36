z = zeros(0, 9e15)
y = concat(z, z, 1)
print y