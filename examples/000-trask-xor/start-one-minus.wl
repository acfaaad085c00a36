# The left picture of the last page, "good outcome at 6000 iterations": from W1 = ones(3, 4) and
# w2 = (1, -1, 1, 1). (The page says zeros with one nonzero value in each matrix; its digits, and the
# outcome at 600, come out of this start and fix it to three digits.) The one unit of the other sign
# breaks the tie: three units act as one, the fourth against them, and that is enough.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
W1 = ones(3, 4)
w2 = [[1, -1, 1, 1]].T
outcome = y0

for j in 0..5999 {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  if j == 599 { outcome = y2 }
  if (j >= 597 and j <= 599) or j >= 5997 {
    print "ITERATION {j}\nWeight1\n{W1:.3f}\nweight2\n{w2:.3f}\noutput\n{y2:.3f}"
  }
  dy2 = (y0 - y2) * (y2*(1 - y2))
  dY1 = dy2 @ w2.T * (Y1*(1 - Y1))
  w2 += Y1.T @ dy2
  W1 += X0.T @ dY1
}
print "Outcome at 600 = [{outcome[0, 0]:.3f}, {outcome[1, 0]:.3f}, {outcome[2, 0]:.3f}, {outcome[3, 0]:.3f}]"
