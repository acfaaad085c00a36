x = 2
ys = map(sin, [x, 1])
f = sum(ys)
derive f wrt x
