x = 2
f = x^2
trace f notation
