x = 2
f = x^2
trace f to "a.txt" to "b.txt"
