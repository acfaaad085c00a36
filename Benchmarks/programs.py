"""The cases as programs of the language, each with a size, so that what the start costs cancels."""


def w1_20(size):
    return f"""
s, t = 0, 0
for k in 1..{size} {{
  x = 0.5 + 0.000001*k
  z = x
  for n in 1..20 {{ z = sin(z*x) + x }}
  s += z
  t += grad(z, x)
}}
print "{{s!r}} {{t!r}}"
"""


def w1_1e6(size):
    return f"""
x = 0.5
z = x
for n in 1..{size} {{ z = sin(z*x) + x }}
print "{{z!r}} {{grad(z, x)!r}}"
"""


def w5(size):
    return f"""
X0 = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]]
y0 = [[0, 1, 1, 0]].T
W1 = [[-0.16595599, 0.44064899, -0.99977125, -0.39533485],
      [-0.70648822, -0.81532281, -0.62747958, -0.30887855],
      [-0.20646505, 0.07763347, -0.16161097, 0.370439]]
w2 = [[-0.5910955], [0.75623487], [-0.94522481], [0.34093502]]
for j in 1..{size} {{
  Y1 = sigma(X0 @ W1)
  y2 = sigma(Y1 @ w2)
  E = 1/2 * sum((y0 - y2)^2)
  dW1, dw2 = grad(E, W1, w2)
  W1 -= dW1
  w2 -= dw2
}}
print "{{W1[0, 0]!r}} {{w2[0, 0]!r}}"
"""


def w6(size):
    return f"""
k = 0..999
x0, x1 = sin(0.1*k), cos(0.37*k)
y = x0*x1 > 0
w11, w12, w21, w22, b1, b2 = 0.5, -0.3, 0.8, 0.2, 0.1, -0.1
v1, v2, c = 0.7, -0.6, 0.05
for epoch in 1..{size} {{
  E = 0
  for p0, p1, t in x0, x1, y {{
    h1 = sigma(w11*p0 + w12*p1 + b1)
    h2 = sigma(w21*p0 + w22*p1 + b2)
    E += (sigma(v1*h1 + v2*h2 + c) - t)^2 / 2
  }}
  d11, d12, d21, d22, e1, e2, f1, f2, g = grad(E, w11, w12, w21, w22, b1, b2, v1, v2, c)
  w11 -= 0.001*d11
  w12 -= 0.001*d12
  w21 -= 0.001*d21
  w22 -= 0.001*d22
  b1 -= 0.001*e1
  b2 -= 0.001*e2
  v1 -= 0.001*f1
  v2 -= 0.001*f2
  c -= 0.001*g
}}
print "{{E!r}} {{w11!r}}"
"""


# name: what it is, the program, the size that the C program has, a smaller size, the bar
CASES = {
    "w1-20": ("W1/20: 20 turns of z = sin(z x) + x", w1_20, 200_000, 20_000, 1.1),
    "w1-1e6": ("W1/1e6: 1,000,000 turns", w1_1e6, 1_000_000, 100_000, 1.1),
    "w5": ("W5: Trask's net, training steps", w5, 60_000, 6_000, 2.5),
    "w6": ("W6: 2-2-1 net over 1000 samples, one at a time", w6, 2_000, 200, 1.0),
}
