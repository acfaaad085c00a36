# The second experiment: all weights zero. "All four output values are near 1/2", says the talk;
# they are 1/2 exactly, at every iteration. With w2 = 0 nothing reaches W1, and with equal columns
# of Y1 the errors of the four cases cancel in w2: the start is a fixed point.
#
# The talk's last page says that its other two pictures began at zeros "with contamination of a
# single nonzero value in each matrix". From zeros one cannot get there: with one nonzero value in
# W1 the net still stays at 1/2. What the pictures show began at ones: start-ones.wl and
# start-one-minus.wl give their digits.

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T

train(W1, w2, n) = {
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  for j in 0..n {
    Y1 = sigma(X0 @ W1)
    y2 = sigma(Y1 @ w2)
    dy2 = (y0 - y2) * (y2*(1 - y2))
    dY1 = dy2 @ w2.T * (Y1*(1 - Y1))
    if j == 599 or j == n {
      print "ITERATION {j}\nWeight1\n{W1:.3f}\nweight2\n{w2:.3f}\noutput\n{y2:.3f}"
    }
    w2 += Y1.T @ dy2
    W1 += X0.T @ dY1
  }
  y2
}

print "from zeros"
y2 = train(zeros(3, 4), zeros(4, 1), 5999)
print "exactly one half:", y2.T == 1/2

# one nonzero value in W1
W1 = zeros(3, 4)
W1[0, 0] = 1
print ""
print "from zeros and W1[0, 0] = 1"
y2 = train(W1, zeros(4, 1), 5999)
