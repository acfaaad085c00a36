"""How the time of an entry grows with the list: values and gradients of W2 at several lengths."""
import json
import os

import measure
from cases import scalars

SIZES = [(30_000, 1500), (100_000, 500), (300_000, 150), (1_000_000, 50), (2_000_000, 25)]
LARGEST_GRADIENT = 1_000_000
ROUNDS = 3


def turn(folder, wl, size, turns, gradient, files):
    """Seconds of a turn, the least of some rounds."""
    least = {}
    for count in (1, turns):
        path = os.path.join(folder, f"growth-{size}-{gradient}-{count}.wl")
        with open(path, "w") as file:
            file.write(scalars.program(count, gradient, files))
        least[count] = min(measure.cost([wl, path]).seconds for _ in range(ROUNDS))
    return (least[turns] - least[1]) / (turns - 1)


def entries(folder, wl, files):
    """How many entries value and gradient have, as `cost` counts them."""
    begin, body, inputs, last = scalars.parts(files)
    path = os.path.join(folder, "growth-cost.wl")
    with open(path, "w") as file:
        file.write("\n".join([*begin, *body, f"cost {last} wrt {', '.join(inputs)}", ""]))
    lines = measure.cost([wl, "--json", path]).printed.splitlines()
    report = next(event["report"] for event in map(json.loads, lines) if event["event"] == "report")
    return report["both"]["entries"]


def table(folder, wl):
    """Prints a line for each length."""
    print("| list | value, ns an entry | value and gradient | ns an entry | gradient / value |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    for size, turns in SIZES:
        files = scalars.files(size)(folder)
        value = turn(folder, wl, size, turns, False, files)
        cells = [f"{size:,}", f"{1e9 * value / size:.2f}"]
        if size <= LARGEST_GRADIENT:
            both, count = turn(folder, wl, size, turns, True, files), entries(folder, wl, files)
            cells += [f"{count:,} entries", f"{1e9 * both / count:.2f}", f"{both / value:.2f}"]
        print("| " + " | ".join(cells + ["·"] * (5 - len(cells))) + " |", flush=True)
