# Do the weights settle? The talk says that those of the random start "appear to be settling down",
# and that those of the left picture "continue to wander". Here is the largest change of a weight in
# one iteration, after 6000 and after 60000 of them, for the three starts that move.
#
# Nobody settles and nobody wanders: all three shrink about like 1/n. The outputs of a logistic
# function never reach 0 or 1, so the weights grow for ever, ever more slowly; at three decimals one
# sees a difference of degree. (The start of ones is unstable: it keeps equal only because the four
# columns are equal to the last bit.)

X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T

run(W1, w2) = {
  at6000 = 0
  d1, d2 = W1, w2
  for j in 1..60000 {
    Y1 = sigma(X0 @ W1)
    y2 = sigma(Y1 @ w2)
    E = 1/2 * sum((y0 - y2)^2)
    d1, d2 = grad(E, W1, w2)
    W1 -= d1
    w2 -= d2
    if j == 6000 { at6000 = max(max(abs(d1)), max(abs(d2))) }
  }
  return at6000, max(max(abs(d1)), max(abs(d2)))
}

seed(1)
W1 = 2*random([3, 4]) - 1
w2 = 2*random([4, 1]) - 1
a, b = run(W1, w2)
print "random start     {a:.1e} at 6000, {b:.1e} at 60000"
a, b = run(ones(3, 4), [[1, -1, 1, 1]].T)
print "left picture     {a:.1e} at 6000, {b:.1e} at 60000"
a, b = run(ones(3, 4), ones(4, 1))
print "right picture    {a:.1e} at 6000, {b:.1e} at 60000"
