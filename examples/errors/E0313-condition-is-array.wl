v = [1, -2]
if v > 0 { print "positive" }
