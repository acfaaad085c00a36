x = 3
if x > 0 { y = 1 }
print y
