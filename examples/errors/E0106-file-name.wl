x = 3
f = square(x)
trace f to trace.tex
