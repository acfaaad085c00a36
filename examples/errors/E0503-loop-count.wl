n = 2.5
repeat n { print "turn" }
