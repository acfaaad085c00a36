x = 3
if x > 0 { y = x }
else { y = 0 }
