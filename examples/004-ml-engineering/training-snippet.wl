# The "typical snippet of code for training", and what its two marked lines have to do with
# gradients. backward() adds the gradient to what is there already, so zero_grad() has to take that
# away first; without it every step also repeats all the steps before. The model is w x + b, the
# samples lie on 2 x - 1, and each is shown forty times.

data = [0.5, -1, 2, 1.5]
targets = 2*data - 1
rate = 0.1

# [1] optimizer.zero_grad()   [2] loss.backward()   optimizer.step()
w = 0
b = 0
repeat 40 {
  for sample, target in data, targets {
    gw = 0
    gb = 0
    output = w*sample + b
    loss = (output - target)^2
    dw, db = grad(loss, w, b)
    gw += dw
    gb += db
    w -= rate*gw
    b -= rate*gb
  }
}
print "with zero_grad:     w = {w:.6f}, b = {b:.6f}"

# the same without zero_grad: the gradients pile up
w = 0
b = 0
gw = 0
gb = 0
repeat 40 {
  for sample, target in data, targets {
    output = w*sample + b
    loss = (output - target)^2
    dw, db = grad(loss, w, b)
    gw += dw
    gb += db
    w -= rate*gw
    b -= rate*gb
  }
}
print "without:            |w| > 1000 is", abs(w) > 1000
