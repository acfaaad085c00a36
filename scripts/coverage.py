"""Sums up what llvm-cov tells, and holds the lines that no test runs to docs/coverage.md.

In the folders where every line counts, each such line stands in the table there with its reason;
a row of the table that fits none of them is out of date. Either makes the script fail.
"""
import collections
import os
import re
import sys

WATCHED = ("WengertLang/Differentiation", "WengertLang/Primitives")
PACKAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
SOURCES = os.path.join(PACKAGE, "Sources") + "/"
TABLE = os.path.join(PACKAGE, "docs", "coverage.md")
ROW = re.compile(r"^\| `([\w/+.]+)` \| `(.+?)` \| (.+) \|$")


def read(path):
    """How many lines of each folder are run, of how many, and those of watched files that are not."""
    folders, missed = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(list)
    with open(path) as file:
        for line in file:
            word, _, rest = line.strip().partition(":")
            if word == "SF":
                name = os.path.relpath(rest, SOURCES)
                folder = os.path.dirname(name)
            elif word == "DA":
                number, count = (int(part) for part in rest.split(",")[:2])
                folders[folder][0] += count > 0
                folders[folder][1] += 1
                if count == 0 and folder in WATCHED:
                    missed[name].append(number)
    return folders, missed


def explained():
    """The rows of the table: a file and the text of a line, with the reason."""
    with open(TABLE) as file:
        rows = [ROW.match(line.rstrip("\n")) for line in file]
    return {(row[1], row[2].replace("\\|", "|")): row[3] for row in rows if row}


def main():
    folders, missed = read(sys.argv[1])
    for folder, (run, lines) in sorted(folders.items()):
        print(f"{100 * run / lines:5.1f} %  {lines:6} lines  {folder}")
    rows, used, open_lines = explained(), set(), 0
    for path, numbers in sorted(missed.items()):
        name = path.removeprefix("WengertLang/")
        with open(SOURCES + path) as file:
            text = file.read().split("\n")
        for number in numbers:
            line = text[number - 1].strip()
            if (name, line) in rows:
                used.add((name, line))
            elif re.search(r"\w", line):
                open_lines += 1
                print(f"{name}:{number}: no test runs this, and docs/coverage.md does not say why: {line}")
    for name, line in sorted(set(rows) - used):
        print(f"docs/coverage.md explains a line that tests run, or that is gone: {name}: {line}")
    print(f"{len(used)} lines that no test runs are explained, {open_lines} are not")
    sys.exit(1 if open_lines or set(rows) - used else 0)


main()
