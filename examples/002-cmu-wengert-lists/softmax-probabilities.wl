# From two classes to several: p^y = exp(x.w^y) / sum over y' of exp(x.w^y'), for every row of X at
# once. "This line will work correctly even though a and a_sum have different shapes": a is (B, K),
# a_sum is (B, 1), and the division stretches it along the rows.

X = [[1, 0, 1, 1], [0, 1, 0.5, -1]]
W = [[0.1, -0.3, 0.2], [-1.7, 0.4, 0.1], [0.3, 0.2, -0.5], [1.2, -0.6, 0.3]]

a = exp(X @ W)
a_sum = sum(a, axis = 1, keepdims = 1)
prob = a / a_sum
print "a is\n{a:.6f}\na_sum is\n{a_sum:.6f}\nprob is\n{prob:.6f}"
print "rows add up to", "{sum(prob, axis = 1):.6f}"
print "softMax gives the same:", max(abs(prob - softMax(X @ W))) < 1e-15

# exp overflows beyond 709; softMax takes the largest of each row away first
big = [[1000, 999]]
print exp(big)/sum(exp(big), axis = 1, keepdims = 1), "{softMax(big):.6f}"
