#!/usr/bin/env python3
"""What is left after kill -9: kill.py NAME runs one test, kill.py --list names them."""
import os
import random
import struct
import subprocess
import time
import zipfile

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
        # Half of the runs are killed at any time, half once they have saved, however slow they are.
        deadline = time.time() + PATIENCE
        while turn % 2 == 0 and (
                not os.path.exists(path) or os.stat(path).st_mtime_ns == before):
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


def weights(path):
    """The arrays of one number each that a whole .npz file holds, by their names."""
    found = {}
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            contents = archive.read(name)
            begin = 10 + struct.unpack("<H", contents[8:10])[0]
            assert len(contents) == begin + 8, (name, len(contents))
            found[name.removesuffix(".npy")] = struct.unpack("<d", contents[begin:])[0]
    return found


# Each step adds 1 to both weights, so they tell how many steps were taken; it is slow enough to be
# killed between two files.
TRAINING = """
x = {x}; z = {z}
E = -x - z + 0*sum(ones(20000)*x)
minimize E over x, z by sgd(rate = 1) for {steps} steps save every {every} to "w.npz"
save x, z to "end.npz"
"""


@test
def a_training_that_is_killed_loses_one_interval_at_most_and_goes_on(home):
    path = os.path.join(home.path, "w.npz")
    random.seed(3)
    every, reached, kills = 50, 0, 0
    for turn in range(12):
        start = dict(x='load("w.npz", "x")', z='load("w.npz", "z")') if turn else dict(x=0, z=0)
        program = TRAINING.format(steps=10**9, every=every, **start)
        program = program.replace("for 1000000000 steps", "for 1000000 steps every 10 print step")
        home.write("train.wl", program)
        log = open(os.path.join(home.path, "log"), "wb")
        child = subprocess.Popen([WL, "-q", "train.wl"], cwd=home.path, stdout=log)
        before = os.stat(path).st_mtime_ns if os.path.exists(path) else 0
        deadline = time.time() + PATIENCE
        while not os.path.exists(path) or os.stat(path).st_mtime_ns == before:
            assert time.time() < deadline and child.poll() is None
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.3))
        kills += child.poll() is None
        child.kill()
        child.wait()
        log.close()
        found = weights(path)
        assert found["x"] == found["z"] and found["x"] % every == 0, found
        # What it said it had begun is at most one interval ahead of the file. Lines that wait in
        # the pipe are lost with the run, so the file may be further than they tell.
        with open(log.name, "rb") as file:
            lines = file.read().split(b"\n")[:-1]
        said = int(lines[-1]) if lines else 0
        assert found["x"] > reached, (found, reached)
        assert reached + said - found["x"] <= every, (reached, said, found)
        reached = found["x"]
    assert kills >= 6, kills
    # A run that goes on from the file ends where one that was never killed ends, to the bit.
    steps = int(reached) + 130
    home.write("train.wl", TRAINING.format(
        steps=130, every=every, x='load("w.npz", "x")', z='load("w.npz", "z")'))
    assert subprocess.run([WL, "-q", "train.wl"], cwd=home.path).returncode == 0
    assert weights(os.path.join(home.path, "end.npz")) == {"x": steps, "z": steps}


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


run_tests(TESTS)
