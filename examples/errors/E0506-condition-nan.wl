x = log(-1)
if x { print "true" }
