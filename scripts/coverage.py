"""Sums up what llvm-cov tells, and shows the lines that no test runs where every line counts."""
import collections
import os
import sys

WATCHED = ("WengertLang/Differentiation", "WengertLang/Primitives")
root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Sources") + "/"
folders = collections.defaultdict(lambda: [0, 0])
missed = collections.defaultdict(list)
with open(sys.argv[1]) as file:
    for line in file:
        word, _, rest = line.strip().partition(":")
        if word == "SF":
            path = os.path.relpath(rest, root)
            folder = os.path.dirname(path)
        elif word == "DA":
            number, count = (int(part) for part in rest.split(",")[:2])
            folders[folder][0] += count > 0
            folders[folder][1] += 1
            if count == 0 and folder in WATCHED:
                missed[path].append(number)
for folder, (run, lines) in sorted(folders.items()):
    print(f"{100 * run / lines:5.1f} %  {lines:6} lines  {folder}")
for path, numbers in sorted(missed.items()):
    with open(root + path) as file:
        text = file.read().split("\n")
    print(f"\n{path}")
    for number in numbers:
        print(f"{number:5}  {text[number - 1]}")
