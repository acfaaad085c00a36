#!/usr/bin/env python3
"""Ctrl-C inside of everything that takes long: interrupt.py NAME runs one case, --list names
those of `make test`, --late runs those beyond it.

What counts is the processor time from Ctrl-C to the next prompt, which other work on the machine
does not change. Afterwards the session is as if the statement had not been typed, or, where it
trained, has the weights so far.
"""
import os
import sys
import time

import pexpect

from terminal import Home, WL, ctrl

MATRIX = "seed(1); A = randn(3000, 3000)"
LONG_LIST = (
    f"x = 1; z = x; T = ({'1, ' * 50}); for t in T {{ for u in T {{ z = sin(z*x + t)*cos(z) }} }}")
# What stands before, what takes long, and after how much processor time Ctrl-C comes where that is
# not 0.15 s.
CASES = {
    "inv": (MATRIX, "inv(A)[0, 0]"),
    "solve": (MATRIX, "solve(A, A)[0, 0]"),
    "det": (MATRIX, "det(A)"),
    "cofactor": ("seed(1); A = randn(2000, 2000)", "cofactor(A)[0, 0]"),
    "cholesky": ("A = eye(3000) + ones(3000, 3000)/3000", "cholesky(A)[0, 0]"),
    "a triangular system": (MATRIX, "solvelower(A + 1000*eye(3000), A)[0, 0]"),
    "a product": (MATRIX, "(A @ A @ A @ A @ A @ A)[0, 0]"),
    "running sums": ("x = linspace(0, 1, 30000000)", "cumsum(cumsum(cumsum(cumsum(x))))[0]"),
    "a sum of exponentials": (
        "x = linspace(0, 1, 30000000); y = 0", "repeat 1000 { y = logsumexp(x + y/1e9) }"),
    "gaussian numbers": ("", "randn(10000, 10000)[0, 0]"),
    "a permutation": ("", "permutation(50000000)[0]"),
    "zeros": ("", "sum(zeros(20000, 20000))"),
    "logm": ("A = eye(1500) + ones(1500, 1500)/3000", "logm(A)[0, 0]"),
    "a jacobian": ("x = linspace(1, 2, 9000)", "jacobian(sin(x)*sum(x^2), x)[0, 0]"),
    "a jacobian of wide rows": (
        "x = linspace(1, 2, 9000)",
        "y = x*1; for k in 1..1500 { y = y*concat(x[6*k..], x[..6*k - 1]) }; jacobian(y, x)[0, 0]"),
    "a hessian": ("x = linspace(1, 2, 9000); f = sum(sin(x))^4", "sum(hessian(f, x))"),
    "a check": ("x = ones(300000); f = sum(exp(sin(x))^2)", "check f wrt x"),
    "functions of elements": ("x = linspace(0, 1, 10000000)", "sum(sin(cos(sin(cos(sin(x))))))"),
    "rows that are picked": (
        "x = ones(2000, 2000); i = permutation(2000)", "repeat 100000 { x = x[i, ..] }"),
    "a loop": ("z = 1", "while z > 0 { z = z + 1 }"),
    "a counted loop": ("z = 1", "for i in 1..1000000000000000000 { z = sin(z) }"),
    "nested loops": ("z = 1", "for i in 1..1000000 { for j in 1..1000000 { z = sin(z) } }"),
    "a loop of matrices": ("z = ones(200, 200)", "repeat 1000000 { z = tanh(z @ z / 200) }"),
    "training": (
        "w = ones(1000); E = sum(exp(w)^2)",
        "minimize E over w by adam(rate = 0.001) for 100000000 steps"),
    "training of a number": (
        "w = 5; E = (w - 1)^2", "minimize E over w by sgd(rate = 1e-9) for 100000000 steps"),
    "training that prints": (
        "w = 5; E = (w - 1)^2",
        "minimize E over w by adam(rate = 1e-9) for 100000000 steps every 1000000 print step, E"),
    "a root": ("F(z) = z^2 - 2", "repeat 1000000000 { z = root(F, 1) }"),
    "a derivative of a long loop": (
        "x = 1.0001", "z = x; repeat 30000000 { z = sin(z)*x }; grad(z, x)"),
    "nested calls": (
        "f0(x) = sin(x)" + "".join(f"; f{k}(x) = f{k - 1}(x) + f{k - 1}(2*x)" for k in range(1, 40)),
        "f39(1)"),
    "reading numbers": ("", 'sum(load("long.csv"))'),
    "reading a table": ("", 'load("table.csv", columns = ["b", "c"])[0, 0]'),
    "reading words": ("", 'load("words.json")'),
    "reading a program": ("", ":load long.wl"),
    "writing numbers": ("x = linspace(0, 1, 10000000)", 'save x to "out.csv"'),
    "printing": ("x = linspace(0, 1, 30000000)", "repeat 1000000000 { print x }"),
    "a plot of many points": (
        f"f(x) = {'sin(' * 100}x{')' * 100}", "plot f, f' over linspace(-1, 1, 200000)"),
    "contour lines": (
        "f(x, y) = sin(x)*y", "plot f over x = linspace(0, 1, 440), y = linspace(0, 1, 440)"),
    "a derivation": (
        "x = 0.5; y = sin(cos(exp(x)*x) + x^2)*log(1 + x^2)"
        + "".join(f"; g{k} = grad({f'g{k - 1}' if k > 1 else 'y'}, x)" for k in range(1, 6)),
        "derive g5 wrt x"),
    "a page of steps": (
        "x = 0.5; y = x; repeat 7500 { y = sin(y)*x }", 'step y to "steps.html"'),
    "a trace of a long list": (LONG_LIST, "trace z", 0.25),
    "tangents of a long list": (LONG_LIST, "tangent z wrt x = 1"),
    "a page of a trace": (LONG_LIST, 'trace z to "trace.html"', 0.6),
    "a long line": ("", "x = [" + "1," * 1500 + "1]; repeat 1000000000 { x = x + x }"),
}

# What leaves so much memory behind that giving it back takes most of the tenth of a second, which a
# slow machine may exceed: no part of `make test`, but of `interrupt.py --late`.
LATE = {"expm of 3000": (MATRIX, "expm(A)[0, 0]")}


def files(home):
    with open(os.path.join(home.path, "long.csv"), "w") as file:
        file.write("1.5\n" * 10_000_000)
    with open(os.path.join(home.path, "table.csv"), "w") as file:
        file.write("a,b,c\n" + "1.5,-2.5e3,3\n" * 5_000_000)
    with open(os.path.join(home.path, "words.json"), "w") as file:
        file.write("[" + "1.25, " * 8_000_000 + "1]")
    with open(os.path.join(home.path, "long.wl"), "w") as file:
        file.write("x = 1.5 + 2\n" * 5_000_000)


class Prompt:
    """A prompt without a picture of the screen: what it writes, and what it takes."""

    def __init__(self, home):
        variables = dict(
            os.environ, TERM="dumb", LANG="C.UTF-8", HOME=home.path, XDG_STATE_HOME=home.path)
        self.child = pexpect.spawn(
            WL, ["-q"], env=variables, cwd=home.path, timeout=300, maxread=1 << 16)
        self.child.setecho(False)

    def answer(self):
        """Waits for the next prompt; what was written before it."""
        self.child.expect_exact("wl> ")
        return self.child.before.decode(errors="replace")

    def seconds(self):
        """The processor time that it has taken."""
        total = 0
        for task in os.listdir(f"/proc/{self.child.pid}/task"):
            with open(f"/proc/{self.child.pid}/task/{task}/schedstat") as file:
                total += int(file.read().split()[0])
        return total / 1e9


def run(name, home, most=0.1):
    before, statement, *wait = {**CASES, **LATE}[name]
    if name.startswith("reading"):
        files(home)
    prompt = Prompt(home)
    prompt.answer()
    for line in ["kept = 41"] + [line for line in before.split("; ") if line]:
        prompt.child.sendline(line)
        prompt.answer()
    start = prompt.seconds()
    prompt.child.sendline(statement)
    while prompt.seconds() < start + (wait[0] if wait else 0.15):
        assert prompt.child.isalive()
        time.sleep(0.005)
        if prompt.child.expect_exact(["wl> ", pexpect.TIMEOUT], timeout=0) == 0:
            return f"was over after {prompt.seconds() - start:.3f} s"
    prompt.child.send(ctrl("c"))
    asked = prompt.seconds()
    said = prompt.answer()
    taken = prompt.seconds() - asked
    prompt.child.sendline('print "<{kept + 1}>"')
    answer = prompt.answer()
    assert "<42>" in answer, answer
    # Training keeps what it has, and its value is told like any other.
    assert ("E = " if name.startswith("training") else "interrupted") in said, said[-500:]
    prompt.child.close(force=True)
    assert taken <= most, f"{name} went on for {1000 * taken:.0f} ms after Ctrl-C"
    return f"{1000 * taken:.0f} ms"


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(CASES))
        return
    failed = 0
    names = list(LATE) if sys.argv[1:] == ["--late"] else sys.argv[1:]
    for name in names or CASES:
        with Home() as home:
            try:
                print(f"{name}: {run(name, home)}", flush=True)
            except AssertionError as error:
                failed += 1
                print(f"{name}: FAILED {error}", flush=True)
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                failed += 1
                print(f"{name}: FAILED {type(error).__name__}", flush=True)
    sys.exit(1 if failed else 0)


main()
