n = 0
repeat n { y = 3 }
print y
