# "There's a lot of chances to do this in parallel": all products of the rows of X with the columns
# of W are one matrix product. The slide shows the first row of X, the first column of W, and that
# w2 begins with -0.3; so x1.w1 is all that can be computed of XW.

x1 = [1, 0, 1, 1]
w1 = [0.1, -1.7, 0.3, 1.2]
print "x1.w1 = {x1 @ w1:.1f}"

X = [x1]
W = w1.T
print "the same as a matrix product:", X @ W
