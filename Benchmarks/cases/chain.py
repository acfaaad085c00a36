"""W1: a chain in which each turn waits for the one before."""


def chain(length, turns, gradient):
    return f"""
z, s = 0, 0
for turn in 1..{turns} {{
  x = 0.5 + 1e-7*{"s" if gradient else "z"}
  z = x
  for n in 1..{length} {{ z = sin(z*x) + x }}
  {"s = grad(z, x)" if gradient else ""}
}}
print "{{z!r}} {{s!r}}"
"""


def short(turns, gradient, files):
    return chain(20, turns, gradient)


def long(turns, gradient, files):
    return chain(1_000_000, turns, gradient)
