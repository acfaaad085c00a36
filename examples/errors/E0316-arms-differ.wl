x = 3
if x > 0 { y = [1, 2] } else { y = [1, 2, 3] }
print y
