"""What the peers in Python share: where the cases begin, and the list as entries."""
import re

TRASK_X = [[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1.0]]
TRASK_Y = [[0], [1], [1], [0.0]]
TRASK_W1 = [[-0.16595599, 0.44064899, -0.99977125, -0.39533485],
            [-0.70648822, -0.81532281, -0.62747958, -0.30887855],
            [-0.20646505, 0.07763347, -0.16161097, 0.370439]]
TRASK_W2 = [[-0.5910955], [0.75623487], [-0.94522481], [0.34093502]]

SAMPLES_W = [0.5, -0.3, 0.8, 0.2, 0.1, -0.1, 0.7, -0.6, 0.05]


def entries(path):
    """The inputs of a list, and its other entries as (operation, places of the arguments)."""
    inputs, rest, places = [], [], {}
    with open(path) as file:
        for place, line in enumerate(file):
            name, right = line.rstrip("\n").split(" = ")
            places[name] = place
            if right[0].isdigit():
                inputs.append(float(right))
            else:
                op, *arguments = re.findall(r"\w+", right)
                rest.append((op, [places[a] for a in arguments]))
    return inputs, rest


def evaluate(entries, x, functions):
    """The last value of a list at inputs x, by functions of the peer's own for sin, cos, exp, tanh."""
    binary = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
              "div": lambda a, b: a / b}
    table = {**binary, **functions}
    values = list(x)
    for op, arguments in entries:
        values.append(table[op](*(values[a] for a in arguments)))
    return values[-1]
