"""W9: reading a list of 1,000,000 statements alone, beside a parser in C that builds its own list."""
import os
import shutil
import sys

import measure

STATEMENTS = 1_000_000
ROUNDS = 3
PEERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "peers")


def write(folder, count=STATEMENTS):
    """A list whose arguments stand near by, as they do in lists that a program wrote."""
    path = os.path.join(folder, f"reading-{count}.wl")
    if not os.path.exists(path):
        with open(path + ".part", "w") as file:
            file.write("x1 = 0.3\nx2 = 0.4\n")
            near, far = "x2", "x1"
            for k in range(count):
                file.write(f"z{k} = {('add', 'mul', 'sub')[k % 3]}({near}, {far})\n")
                near, far = f"z{k}", near
        os.rename(path + ".part", path)
    return path


def readers(wl, by_hand, peers):
    """The commands that read a file, which they are followed by. wl prints nothing and evaluates nothing."""
    found = {"wl": [wl], "C": [by_hand, "list-read", "value", "0"]}
    if peers:
        for name in ("luajit", "lua5.4"):
            if shutil.which(name):
                found[name] = [name, os.path.join(PEERS, "reading.lua")]
        found["Python"] = [sys.executable, os.path.join(PEERS, "reading.py")]
    return found


def speeds(folder, wl, by_hand, peers):
    """Statements a second, what the start takes left out."""
    path, none = write(folder), write(folder, 0)
    found = {}
    for who, command in readers(wl, by_hand, peers).items():
        whole = min(measure.cost([*command, path]).seconds for _ in range(ROUNDS))
        start = min(measure.cost([*command, none]).seconds for _ in range(ROUNDS))
        found[who] = STATEMENTS / (whole - start)
    return found
