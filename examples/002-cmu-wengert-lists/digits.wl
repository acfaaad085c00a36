# The slide's two-layer net, its eight lines as they stand, trained on real data: the 1797 handwritten
# digits of scikit-learn, 8 by 8 pixels each, in ten classes. 64 inputs, 32 hidden units, 10 outputs; 200
# steps of gradient descent on all of them, the rate 0.5 for the mean (the slide's crossEnt is the sum).
#
# The net ends in tanh and softMax, so no class can have more than e/(e + 9/e) = 0.45 of the probability
# and the cost cannot fall below 0.80 a digit; the right class still comes out on top.

D, digit = load("../data/digits.npz", "X", "y")
X = D/16
N = rows(X)
Y = reshape(digit, [N, 1]) == reshape(0..9, [1, 10])

seed(0)
W1 = 0.1*randn(64, 32)
B1 = zeros(1, 32)
W2 = 0.1*randn(32, 10)
B2 = zeros(1, 10)

for step in 0..200 {
  Z1a = mul(X,W1) // matrix mult
  Z1b = add*(Z1a,B1) // add bias vec
  A1 = tanh(Z1b) //element-wise
  Z2a = mul(A1,W2)
  Z2b = add*(Z2a,B2)
  A2 = tanh(Z2b) // element-wise
  P = softMax(A2) // vec to vec
  C = crossEnt_Y(P) // cost function
  if step % 50 == 0 {
    right = sum(Y * (P == max(P, axis = 1, keepdims = 1)))
    print "step {step:3.0f}  cost of a digit {C/N:.6f}  right {right:4.0f} of {N}"
  }
  dW1, dB1, dW2, dB2 = grad(C, W1, B1, W2, B2)
  W1 -= 0.5/N*dW1
  B1 -= 0.5/N*dB1
  W2 -= 0.5/N*dW2
  B2 -= 0.5/N*dB2
}
