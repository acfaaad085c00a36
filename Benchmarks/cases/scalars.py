"""W2: a random list of scalars: 100 inputs, 8 operations, 22 % of them transcendental.

Arguments are drawn until the value stays moderate, so that no sweep overflows. The first argument is
one that nobody has read yet once there are enough of those, which keeps every entry alive and makes
a list some thirty levels deep; the last entries add up what is left over.
"""
import math
import os
import random

INPUTS = 100
RATE = "1e-9"

OPERATIONS = [  # name, number of arguments, share, function
    ("add", 2, 0.25, lambda a, b: a + b),
    ("sub", 2, 0.18, lambda a, b: a - b),
    ("mul", 2, 0.22, lambda a, b: a * b),
    ("div", 2, 0.13, lambda a, b: a / b if abs(b) > 0.5 else math.inf),
    ("sin", 1, 0.06, math.sin),
    ("cos", 1, 0.05, math.cos),
    ("exp", 1, 0.05, math.exp),
    ("tanh", 1, 0.06, math.tanh),
]


class Pool:
    """Entries that nobody has read, in no order."""

    def __init__(self):
        self.members, self.places = [], {}

    def add(self, entry):
        self.places[entry] = len(self.members)
        self.members.append(entry)

    def discard(self, entry):
        place = self.places.pop(entry, None)
        if place is not None:
            last = self.members.pop()
            if last != entry:
                self.members[place] = last
                self.places[last] = place


def entries(size, draw):
    """The operations of a list as (name, arguments), entry by entry behind the inputs."""
    values = [0.2 + 0.013 * k for k in range(INPUTS)]
    unread = Pool()
    for k in range(INPUTS):
        unread.add(k)
    enough = max(INPUTS // 2, size // 30)
    shares = [share for _, _, share, _ in OPERATIONS]
    names = draw.choices(OPERATIONS, shares, k=size)
    for k in range(size):
        name, count, _, function = names[k]
        left = size - k
        if left < len(unread.members):
            name, count, function = "add", 2, lambda a, b: 0.5  # the rest are only added up
            first, second = unread.members[-1], unread.members[-2]
            arguments, value = [first, second], 0.5
        else:
            while True:
                crowd = unread.members if len(unread.members) > enough else range(len(values))
                arguments = [crowd[int(draw.random() * len(crowd))]]
                if count == 2:
                    arguments.append(int(draw.random() * len(values)))
                value = function(*(values[a] for a in arguments))
                if abs(value) < 2:
                    break
        for a in arguments:
            unread.discard(a)
        unread.add(len(values))
        values.append(value)
        yield name, arguments


def entry(k):
    return f"x{k + 1}" if k < INPUTS else f"z{k - INPUTS + 1}"


def files(size):
    """Writes the list as a file of its own, which the reference reads as well."""

    def make(folder):
        path = os.path.join(folder, f"list-{size}.wl")
        if not os.path.exists(path):
            with open(path + ".part", "w") as file:
                for k in range(INPUTS):
                    file.write(f"{entry(k)} = {0.2 + 0.013 * k:.3f}\n")
                for k, (name, arguments) in enumerate(entries(size, random.Random(5))):
                    file.write(f"{entry(INPUTS + k)} = {name}({', '.join(map(entry, arguments))})\n")
            os.rename(path + ".part", path)
        return [path]

    return make


def parts(files):
    """The lines of the inputs, those of the other entries, and the names of the inputs and the last."""
    with open(files[0]) as file:
        lines = file.read().splitlines()
    return lines[:INPUTS], lines[INPUTS:], [entry(k) for k in range(INPUTS)], entry(len(lines) - 1)


SLOPES = [f"d{k + 1}" for k in range(INPUTS)]


def shown(names):
    return f'print "{" ".join(f"{{{name}!r}}" for name in names)}"'


def program(turns, gradient, files):
    begin, body, inputs, last = parts(files)
    sweep = [f"{', '.join(SLOPES)} = grad({last}, {', '.join(inputs)})"] if gradient else []
    steps = [f"{x} -= {RATE}*{d if gradient else last}" for x, d in zip(inputs, SLOPES)]
    return "\n".join([
        *begin, f"for turn in 1..{turns} {{", *body, *sweep, *steps, "}",
        shown([last, *SLOPES] if gradient else [last]), ""])


def once(files):
    """The list as it stands, without a loop around it."""
    begin, body, inputs, last = parts(files)
    return "\n".join([
        *begin, *body, f"{', '.join(SLOPES)} = grad({last}, {', '.join(inputs)})",
        shown([last, *SLOPES]), ""])
