"""W6: a small net over 1000 samples, in a loop over them or all at once."""

WEIGHTS = ["w11", "w12", "w21", "w22", "b1", "b2", "v1", "v2", "c"]

LOOP = """E = 0
  for p0, p1, t in x0, x1, y {
    h1 = sigma(w11*p0 + w12*p1 + b1)
    h2 = sigma(w21*p0 + w22*p1 + b2)
    E += (sigma(v1*h1 + v2*h2 + c) - t)^2 / 2
  }"""

BATCH = """h1 = sigma(w11*x0 + w12*x1 + b1)
  h2 = sigma(w21*x0 + w22*x1 + b2)
  E = sum((sigma(v1*h1 + v2*h2 + c) - y)^2) / 2"""


def descent(gradient):
    if not gradient:
        return "\n  ".join(f"{w} -= 1e-9*E" for w in WEIGHTS)
    slopes = [f"d{w}" for w in WEIGHTS]
    steps = [f"{w} -= 0.001*{d}" for w, d in zip(WEIGHTS, slopes)]
    return "\n  ".join([f"{', '.join(slopes)} = grad(E, {', '.join(WEIGHTS)})", *steps])


def program(body, turns, gradient):
    return f"""
k = 0..999
x0, x1 = sin(0.1*k), cos(0.37*k)
y = x0*x1 > 0
{", ".join(WEIGHTS)} = 0.5, -0.3, 0.8, 0.2, 0.1, -0.1, 0.7, -0.6, 0.05
for epoch in 1..{turns} {{
  {body}
  {descent(gradient)}
}}
print "{{E!r}} {{w11!r}} {{c!r}}"
"""


def one_by_one(turns, gradient, files):
    return program(LOOP, turns, gradient)


def batched(turns, gradient, files):
    return program(BATCH, turns, gradient)
