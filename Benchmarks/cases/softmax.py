"""W3: softmax regression, 10000 rows of 500 numbers in 5 classes; as much memory as arithmetic."""
import os
import random

from . import data

ROWS, NUMBERS, CLASSES = 10_000, 500, 5


def files(folder):
    paths = [os.path.join(folder, f"softmax-{name}.npy") for name in "XY"]
    if not all(map(os.path.exists, paths)):
        draw = random.Random(3).random
        labels = [int(CLASSES * draw()) for _ in range(ROWS)]
        data.save(paths[0], [
            [draw() - 0.5 + 0.1 * (k % CLASSES == label) for k in range(NUMBERS)]
            for label in labels])
        data.save(paths[1], data.one_hot(labels, CLASSES))
    return paths


def program(turns, gradient, files):
    step = "W -= 0.5*grad(E, W)" if gradient else "W -= 1e-9*E"
    return f"""
X, Y = load("{files[0]}"), load("{files[1]}")
W = zeros({NUMBERS}, {CLASSES})
for step in 1..{turns} {{
  E = crossEnt(Y, softMax(X @ W)) / {ROWS}
  {step}
}}
print "{{E!r}} {{W[0, 0]!r}} {{W[-1, -1]!r}}"
"""
