print 5!
