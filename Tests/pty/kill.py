#!/usr/bin/env python3
"""What is left after kill -9: kill.py NAME runs one test, kill.py --list names them."""
import os
import random
import struct
import subprocess
import sys
import time

from terminal import *

TESTS = {}
# Every run writes this many numbers, all alike, so that a mixture of two runs would show.
COUNT = 400_000


def test(function):
    TESTS[function.__name__.replace("_", " ")] = function
    return function


def saved(path):
    """The number that a whole .npy file holds over and over."""
    with open(path, "rb") as file:
        contents = file.read()
    assert contents[:6] == b"\x93NUMPY", contents[:20]
    begin = 10 + struct.unpack("<H", contents[8:10])[0]
    assert len(contents) == begin + 8 * COUNT, len(contents)
    numbers = struct.unpack(f"<{COUNT}d", contents[begin:])
    assert len(set(numbers)) == 1, sorted(set(numbers))[:3]
    return numbers[0]


@test
def a_file_that_is_being_saved_is_the_old_one_or_the_new_one(home):
    """One run saves over and over; it is killed at a random time, forty times."""
    path = os.path.join(home.path, "x.npy")
    random.seed(7)
    seen = set()
    for turn in range(40):
        first = turn * 1000
        saves = "\n".join(
            f'x = ones({COUNT})*{first + number}\nsave x to "x.npy"' for number in range(1, 100))
        child = subprocess.Popen([WL, "-q", "-e", saves], cwd=home.path)
        before = os.stat(path).st_mtime_ns if os.path.exists(path) else 0
        deadline = time.time() + PATIENCE
        while turn == 0 and not os.path.exists(path):
            assert time.time() < deadline and child.poll() is None
            time.sleep(0.001)
        time.sleep(random.uniform(0.01, 0.4))
        was_running = child.poll() is None
        child.kill()
        child.wait()
        number = saved(path)
        seen.add((was_running, os.stat(path).st_mtime_ns != before, number))
    assert sum(1 for was_running, changed, _ in seen if was_running and changed) >= 5, seen
    # Drafts of killed runs may lie about; the next save must not mind them.
    assert subprocess.run(
        [WL, "-e", f'x = ones({COUNT})*-5\nsave x to "x.npy"'], cwd=home.path).returncode == 0
    assert saved(path) == -5


@test
def a_prompt_killed_while_it_trains_keeps_its_history_and_its_files(home):
    path = os.path.join(home.path, "x.npy")
    with home.terminal("-q") as t:
        t.run(f"x = ones({COUNT})*3")
        t.run('save x to "x.npy"')
        t.ready()
        t.run("w = ones(1001)")
        t.run("E = sum(exp(w)^2)")
        t.type("minimize E over w by sgd(rate = 1e-12) for 10000000 steps" + ENTER)
        time.sleep(1.5)
        t.child.kill(9)
    assert saved(path) == 3
    assert home.read_history().split("\n")[-3:] == [
        "E = sum(exp(w)^2)", "minimize E over w by sgd(rate = 1e-12) for 10000000 steps", ""]
    with home.terminal("-q") as t:
        t.run('sum(load("x.npy"))')
        t.expect_in("1.2e+06")


@test
def a_history_cut_short_in_the_middle_of_an_entry_can_be_read(home):
    home.write("state/wl/history", "a = 1\nz = (a\\n+ 1")
    with home.terminal("-q") as t:
        t.ready()
        t.type(UP + UP + UP)
        t.expect("wl> a = 1")
        t.type(ENTER)
        t.expect_in("a = 1")


@test
def a_prompt_goes_on_behind_a_statement_that_took_too_long(home):
    with home.terminal("-q", "--timeout", "1") as t:
        t.run("x = 1")
        t.run("while x > 0 { x = x + 1 }")
        t.expect_in("E0810")
        t.run("x + 41")
        t.expect_in("42")


def main():
    if sys.argv[1:] == ["--list"]:
        print("\n".join(TESTS))
        return
    for name in sys.argv[1:] or TESTS:
        with Home() as home:
            TESTS[name](home)
        if not sys.argv[1:]:
            print("passed:", name)


main()
