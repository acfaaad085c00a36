#!/usr/bin/env python3
"""A long day at the prompt: soak.py [--lines N] [--seed N] types random lines.

Lines of examples, mixed up and spoiled, go in one after the other. Now and then the session is
asked for what it should know; it must answer, whatever went wrong before, and its memory must not
grow without bound.
"""
import argparse
import os
import random
import re
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fuzz"))
import pexpect

from programs import TOKEN, Programs
from terminal import ENTER, Home, WL, ctrl

PROBE, RESET = 25, 500
MEGABYTES = 64
ESCAPE = re.compile(rb"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|[\x00-\x08\x0e-\x1f]")
# Leaving is no test of staying.
LEAVES = re.compile(rb"^\s*(:?q(uit)?|exit|:?load|:l |step|:tour|:t)\b|:q|\bquit\b|\bexit\b|\bstep\b")
COMMANDS = [b":undo", b":undo 3", b":vars", b":list", b":help", b":help mul", b":set", b":set digits 3",
            b":time x = 1", b":nonsense", b"explain E0302", b"explain reverse", b"set plan plain",
            b"set plan lean", b"show plan", b"show list", b":help E0302", b"list x", b"trace f"]


class Lines:
    """Random lines, the same ones for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.programs = Programs()
        self.lines = [line for text in self.programs.texts for line in text.split(b"\n")
                      if line.strip() and not line.startswith(b"#")]

    def next(self):
        r = self.random
        way = r.randrange(10)
        if way < 4:
            line = r.choice(self.lines)
        elif way < 7:
            tokens = TOKEN.findall(r.choice(self.lines))
            for _ in range(r.randint(1, 3)):
                if tokens:
                    tokens[r.randrange(len(tokens))] = self.programs.token(r)
            line = b"".join(tokens)
        elif way < 8:
            line = self.programs.soup(r)
        elif way < 9:
            line = self.programs.looped(r).split(b"\n")[2]
        else:
            line = r.choice(COMMANDS)
        text = line.decode("utf-8", errors="ignore").replace("\n", " ")
        # What a key would do is another test; a terminal takes lines of some thousand letters.
        text = "".join(c for c in text if c.isprintable())[:500]
        return "" if LEAVES.search(text.encode()) else text


class Session:
    def __init__(self, home):
        variables = dict(
            os.environ, TERM="xterm", LANG="C.UTF-8", HOME=home.path, XDG_STATE_HOME=home.path,
            NO_COLOR="1")
        self.child = pexpect.spawn(
            WL, ["-q", "--timeout=0.3", f"--max-memory={MEGABYTES}MB", "--max-entries=100000",
                 "--no-files"],
            env=variables, cwd=home.path, dimensions=(50, 200), maxread=1 << 16)
        self.said = b""
        self.settle()

    def settle(self):
        """Reads until the prompt stands there and waits; what was read, without colours."""
        said, end = b"", time.monotonic() + 60
        while True:
            try:
                said += self.child.read_nonblocking(1 << 16, timeout=0.05)
                continue
            except pexpect.TIMEOUT:
                pass
            plain = ESCAPE.sub(b"", said).rstrip(b" ")
            if plain.endswith(b"wl>"):
                return plain
            # A statement that goes on asks for its next line; nobody has one.
            if plain.endswith("\u00a0".encode()) or plain.endswith(b"goes on, q stops --"):
                self.child.send(ctrl("c"))
                said = b""
            if time.monotonic() > end:
                raise AssertionError(f"no prompt behind {plain[-300:]!r}")

    def more(self):
        try:
            return ESCAPE.sub(b"", self.child.read_nonblocking(1 << 16, timeout=2))
        except pexpect.TIMEOUT:
            return b""

    def type(self, text):
        self.child.send(text + ENTER)
        return self.settle()

    def megabytes(self):
        with open(f"/proc/{self.child.pid}/status") as file:
            return int(re.search(r"VmRSS:\s+(\d+)", file.read())[1]) // 1024


def probe(session, kept):
    """What the session answers when it is asked for a value, and whether that is right."""
    # Whatever was left half typed is dropped.
    session.child.send(ctrl("c"))
    session.settle()
    said = session.type(f"kept = {kept}")
    wanted = f"<{kept}|1>".encode()
    said += session.type('print "<{kept}|{kept*0 + 1}>"')
    for _ in range(5):
        # On a busy machine the prompt may be drawn long before what was typed at it.
        said += b"" if wanted in said else session.more()
    return said, wanted in said


def soak(lines, count, home):
    session, sizes, typed, full = Session(home), [], [], 0
    for number in range(count):
        text = lines.next()
        typed.append(text)
        session.type(text)
        if number % PROBE == PROBE - 1:
            said, is_right = probe(session, number % 9 + 1)
            if not is_right and b"E0811" in said:
                # All that five hundred lines keep is more than is allowed; without it there is room.
                full += 1
                session.type(":reset")
                said, is_right = probe(session, number % 9 + 1)
            assert is_right, f"line {number}: {said[-500:]!r} behind {typed[-PROBE:]!r}"
        if number % RESET == RESET - 1:
            session.type(":reset")
            sizes.append(session.megabytes())
            if number // RESET % 4 == 0:
                print(f"{number + 1} lines: {sizes[-1]} MB, {full} times full", flush=True)
    session.child.send(ctrl("d"))
    session.child.expect(pexpect.EOF, timeout=60)
    session.child.wait()
    assert session.child.exitstatus == 0, (session.child.exitstatus, session.child.signalstatus)
    return sizes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with Home() as home:
        sizes = soak(Lines(arguments.seed), arguments.lines, home)
    print(f"{arguments.lines} lines, and the prompt is there; megabytes after resets: {sizes}")
    # A reset keeps what :undo may bring back; what is beyond the values and that would be a leak.
    assert all(size < MEGABYTES + 200 for size in sizes), sizes
    early, late = sizes[len(sizes) // 4:len(sizes) // 2], sizes[-(len(sizes) // 4):]
    if len(sizes) >= 8:
        assert max(late) <= 1.5 * max(early), f"it grows all day: {sizes}"


main()
