x = 3
if x > 0 { y = 1 } elif x < 0 { y = -1 } else { y = 0 }
