# The right picture of the last page, "converging on logical indecision": 6000 iterations from
# W1 = ones(3, 4) and w2 = ones(4, 1). (The page says zeros; from zeros nothing moves.) Four equal
# hidden units stay equal and act as one; one increasing unit cannot make exclusive or, and the
# best that it can do is (1/2, 2/3, 2/3, 2/3), towards which this goes.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
W1 = ones(3, 4)
w2 = ones(4, 1)

for j in 0..5999 {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  if j == 600 { outcome = y2 }
  if (j >= 597 and j <= 599) or j >= 5997 {
    print "ITERATION {j}\nWeight1\n{W1:.3f}\nweight2\n{w2:.3f}\noutput\n{y2:.3f}"
  }
  dy2 = (y0 - y2) * (y2*(1 - y2))
  dY1 = dy2 @ w2.T * (Y1*(1 - Y1))
  w2 += Y1.T @ dy2
  W1 += X0.T @ dY1
}
