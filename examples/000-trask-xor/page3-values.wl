# Page 3: the trace of values. One pass of Trask's net at its random start (NumPy's generator, seed
# 1), every v with its value, then every adjoint a5 … a0, a-: its definition, the chain rule, and
# what the program has already computed. The trace of the list comes first, then the page itself.
#
# An adjoint has the shape of its entry in the trace; the page writes each one as a row of
# derivatives, the transpose. The page marks four lines with "??" and ends in "bingo except for a
# sign problem". There is none: with a3 = -yy2T exactly, -(a-)T and -(a0)T are the updates
# themselves, +X0T YY1 and +Y1T yy2, as the last lines show.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
seed(1)
W1 = 2*random([3, 4]) - 1
w2 = 2*random([4, 1]) - 1

v1 = mul(X0, W1)
v2 = Y1 = sigma(v1)
v3 = mul(v2, w2)
v4 = y2 = sigma(v3)
v5 = y = 1/2 * sum((y0 - v4)^2)

trace y wrt w2, W1

# What the updates by hand are made of
yy2 = (y0 - y2) * (y2*(1 - y2))
YY1 = yy2 @ w2.T * (Y1*(1 - Y1))
a4, a3, a2, a1, a0, aminus = grad(y, v4, v3, v2, v1, w2, W1)

print "\n-----reverse auto diff ------      ; current value of var"
print "X0 =\n{X0:.4f}"
print "y0T =\n{y0.T:.4f}"
print "v- = W1\n{W1:.4f}"
print "v0 = w2\n{w2:.4f}"
print "v1 = X0 v- = X0 W1\n{v1:.4f}"
print "v2 = sigma(v1) = sigma(X0 W1) = Y1\n{v2:.4f}"
print "v3 = v2 v0 = Y1 w2\n{v3:.4f}"
print "v4 = sigma(v3) = sigma(Y1 w2) = y2\n{v4:.4f}"
print "v5 = y = 1/2 |y0 - y2|^2\n{y:.6f}"
print "a5 = dy/dv5 = dy/dy = 1"
print "a4 = dy/dv4 = a5 dv5/dv4 = (v4 - y0)T = (y2-y0)T\n{a4.T:.4f}"
print "a3 = dy/dv3 = a4 dv4/dv3 = a4*(v4*(1-v4))T = (y2-y0)T*(y2*(1-y2))T = -yy2T\n{a3.T:.4f}"
print "a2 = dy/dv2 = a3 dv3/dv2 = a3 (. v0) = v0 a3 = -w2 yy2T\n{a2.T:.4f}"
print "a1 = dy/dv1 = a2 dv2/dv1 = a2*(v2*(1-v2))T = -(w2 yy2T)*(Y1*(1-Y1))T = -YY1T\n{a1.T:.4f}"
print "a0 = dy/dv0 = a3 dv3/dv0 = a3 (v2 .) = -yy2T Y1\n{a0.T:.4f}"
print "a- = dy/dv- = a1 dv1/dv- = a1 (X0 .) = -YY1T X0\n{aminus.T:.4f}"
print "a- = dy/dW1  =>  W1 += -(dy/dW1)T = -(a-)T = (YY1T X0)T = X0T YY1   ;; bingo\n{X0.T @ YY1:.4f}"
print "a0 = dy/dw2  =>  w2 += -(dy/dw2)T = -(a0)T = (yy2T Y1)T = Y1T yy2   ;; bingo\n{Y1.T @ yy2:.4f}"
print "W1 (after)\n{W1 + X0.T @ YY1:.4f}"
print "w2 (after)\n{w2 + Y1.T @ yy2:.4f}"
print "\nthe updates are minus the gradients, to the last bit but one:"
print max(abs(X0.T @ YY1 + aminus)) < 1e-15, max(abs(Y1.T @ yy2 + a0)) < 1e-15
