"""W9: reading a list of 1,000,000 statements alone, beside a parser in C that builds its own list."""
import os

import measure

STATEMENTS = 1_000_000
ROUNDS = 3


def write(folder):
    """A list whose arguments stand near by, as they do in lists that a program wrote."""
    path = os.path.join(folder, "reading.wl")
    if not os.path.exists(path):
        with open(path + ".part", "w") as file:
            file.write("x1 = 0.3\nx2 = 0.4\n")
            near, far = "x2", "x1"
            for k in range(STATEMENTS):
                file.write(f"z{k} = {('add', 'mul', 'sub')[k % 3]}({near}, {far})\n")
                near, far = f"z{k}", near
        os.rename(path + ".part", path)
    return path


def speeds(folder, wl, reference):
    """Statements a second of wl and of C. Nothing is printed, so nothing has to be evaluated."""
    path, small = write(folder), os.path.join(folder, "nothing.wl")
    with open(small, "w") as file:
        file.write("x1 = 0.3\n")
    read = {"wl": [wl, path], "C": [reference, "list-read", "value", "0", path]}
    start = {"wl": [wl, small], "C": [reference, "list-read", "value", "0", small]}
    least = {who: float("inf") for who in [*read, "wl start", "C start"]}
    for _ in range(ROUNDS):
        for who in read:
            least[who] = min(least[who], measure.cost(read[who]).seconds)
            least[f"{who} start"] = min(least[f"{who} start"], measure.cost(start[who]).seconds)
    return {who: STATEMENTS / (least[who] - least[f"{who} start"]) for who in read}
