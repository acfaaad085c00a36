# The listing from MinPy's tutorial on the slides: softmax regression by gradient descent on 10000
# samples of 500 features in 5 classes, 100 steps, rate 0.1. The slides print no numbers and draw
# without a seed; with NumPy's stream of seed 0 and the tutorial's clusters (a centre for each class,
# and gaussian noise of 0.1 around it) the losses are those below.
#
# The gradient by hand, data.T @ (prob - label) / num_samples, is the list's. The listing's softmax is
# not shifted by the largest of each row, and overflows beyond 709; here logits stay below 27.
# Its `w -= …` changes the caller's weights; here names keep what they were bound to, so `train` returns
# them.

num_samples = 10000
num_features = 500
num_classes = 5

seed(0)
mu = rand(num_classes, num_features)
each = 2000
data = zeros(num_samples, num_features)
label = zeros(num_samples, num_classes)
for i in 0..num_classes - 1 {
  data[i*each..(i + 1)*each - 1] = normal(mu[i], 0.1, [each, num_features])
  label[i*each..(i + 1)*each - 1, i] = 1
}
weight = randn(num_features, num_classes)

# Predict the class
predict(w, x) = {
  a = exp(x @ w)
  a_sum = sum(a, axis = 1, keepdims = 1)
  a / a_sum
}

train(w, x, loops) = {
  for i in 0..loops - 1 {
    prob = predict(w, x)
    loss = -sum(label * log(prob)) / num_samples
    if i % 10 == 0 { print "Iter {i}, training loss {loss:.10g}" }
    dy = prob - label
    dw = x.T @ dy / num_samples
    w -= 0.1*dw
  }
  w
}
w = train(weight, data, 100)

# by hand and by the list
prob = predict(w, data)
loss = -sum(label * log(prob)) / num_samples
dw = data.T @ (prob - label) / num_samples
print "the gradient by hand is the list's:", max(abs(grad(loss, w) - dw)) < 1e-14
