show(x) = { print x }
y = show(3)
