"""W5: the net of Trask's tutorial, so small that all is overhead."""


def program(turns, gradient, files):
    step = """dW1, dw2 = grad(E, W1, w2)
  W1 -= dW1
  w2 -= dw2""" if gradient else """W1 -= 1e-9*E
  w2 -= 1e-9*E"""
    return f"""
X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
W1 = [[-0.16595599, 0.44064899, -0.99977125, -0.39533485],
      [-0.70648822, -0.81532281, -0.62747958, -0.30887855],
      [-0.20646505, 0.07763347, -0.16161097, 0.370439]]
w2 = [[-0.5910955], [0.75623487], [-0.94522481], [0.34093502]]
for step in 1..{turns} {{
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  E = 1/2 * sum((y0 - y2)^2)
  {step}
}}
print "{{E!r}} {{W1[0, 0]!r}} {{w2[0, 0]!r}}"
"""
