# A function that is not differentiable: argmax. "Use its smoothed version": softmax smooths the one-hot
# vector of the argmax, and a temperature T says how much. As T goes to 0, softMax(s/T) goes to one-hot;
# its derivative goes to 0 at every point but ties, so small T is as useless for descent as argmax itself.

s = [1.2, 0.3, 1.0]
onehot = s == max(s)
print "one-hot of the argmax", onehot
for T in [1, 0.3, 0.1, 0.03] { print "T = {T:4.2f}  softMax(s/T) = {softMax(s/T):.6f}" }

# the expected position instead of the position of the largest
position(s, T) = sum(softMax(s/T)*[0, 1, 2])
print "derivatives of the expected position"
for T in [1, 0.3, 0.1, 0.03] {
  E = position(s, T)
  print "T = {T:4.2f}  E = {E:.6f}  {grad(E, s):9.6f}"
}

# by hand: dp_i/ds_j = p_i (1{i = j} - p_j) / T
T = 0.3
p = softMax(s/T)
print "Jacobian by the list\n{jacobian(p, s):.9f}"
print "by hand\n{(diag(p) - outer(p, p))/T:.9f}"
