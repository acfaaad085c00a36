"""W4: a net with one hidden layer over 1797 rows of 64 numbers like those of scanned digits."""
import os
import random

from . import data

ROWS, NUMBERS, CLASSES = 1797, 64, 10


def files(hidden):
    def make(folder):
        names = ["digits-X", "digits-Y", f"net-{hidden}-V", f"net-{hidden}-W"]
        paths = [os.path.join(folder, f"{name}.npy") for name in names]
        draw = random.Random(4).random
        labels = [int(CLASSES * draw()) for _ in range(ROWS)]
        data.save(paths[0], [
            [(int(9 * draw()) + 8 * ((7 * p + 13 * label) % 10 < 4)) / 16 for p in range(NUMBERS)]
            for label in labels])
        data.save(paths[1], data.one_hot(labels, CLASSES))
        data.save(paths[2], [[0.3 * (draw() - 0.5) for _ in range(hidden)] for _ in range(NUMBERS)])
        data.save(paths[3], [[0.3 * (draw() - 0.5) for _ in range(CLASSES)] for _ in range(hidden)])
        return paths

    return make


def program(turns, gradient, files):
    names = ["V", "b", "W", "c"]
    steps = [f"{w} -= 0.5*d{w}" if gradient else f"{w} -= 1e-9*E" for w in names]
    if gradient:
        steps.insert(0, "dV, db, dW, dc = grad(E, V, b, W, c)")
    return f"""
X, Y = load("{files[0]}"), load("{files[1]}")
V, W = load("{files[2]}"), load("{files[3]}")
b, c = 0*V[0], 0*W[0]
for step in 1..{turns} {{
  H = tanh(X @ V + b)
  E = crossEnt(Y, softMax(H @ W + c)) / {ROWS}
  {"; ".join(steps)}
}}
print "{{E!r}} {{V[0, 0]!r}} {{W[-1, -1]!r}}"
"""
