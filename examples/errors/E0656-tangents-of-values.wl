y = [1, 2, 3]
plot y over [0, 1, 2] tangents 1
