x = 3
f = x^2
trace f to "f.docx"
