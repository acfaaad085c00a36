#!/usr/bin/env python3
"""Runs wl over hostile programs: fuzz.py [--count N] [--first N] [--jobs N] [--keep FOLDER].

What a run must do, whatever it is given: end by itself, in time, within its memory, and when it
refuses the program, say where. The corpus beside this file is run first. Programs that break
a law are made smaller and kept.
"""
import argparse
import concurrent.futures
import glob
import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from programs import ROOT, TOKEN, Programs, read

WL = os.environ.get("WL") or f"{ROOT}/wl"
# A program that goes on for ever costs as much; what takes long must stop wherever it is.
SECONDS, GRACE, MEGABYTES = 0.4, 25, 64
# Beside the values: the program itself, its lists, the libraries that it opens.
BESIDE = 128
STATUSES = {0, 1, 2, 3, 66, 73, 124}
# About a run or the command line as a whole, not about a place in a program.
PLACELESS = {"E0199", "E0811"}
ERROR = re.compile(r"^error\[(E\d{4})\]")


def put(path, contents):
    """Makes a file, or something else in its place: a link, a folder, a pipe, a file locked up."""
    if isinstance(contents, bytes):
        with open(path, "wb") as file:
            file.write(contents)
    elif contents[0] == "link":
        os.symlink(contents[1], path)
    elif contents[0] == "folder":
        os.mkdir(path)
    elif contents[0] == "pipe":
        os.mkfifo(path)
    else:
        put(path, contents[1])
        os.chmod(path, 0)


def run(text, files, options):
    """Runs a program; what law it broke, or None."""
    folder = tempfile.mkdtemp(prefix="wl-fuzz-")
    try:
        for name, contents in {**files, "p.wl": text}.items():
            put(os.path.join(folder, name), contents)
        access = [] if files else ["--no-files"]
        with open(f"{folder}/out", "wb") as out, open(f"{folder}/errors", "wb") as errors:
            child = subprocess.Popen(
                [WL, *options, *access, "p.wl"], cwd=folder, stdin=subprocess.DEVNULL, stdout=out,
                stderr=errors)
            late = threading.Timer(SECONDS + GRACE, child.kill)
            late.start()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            late.cancel()
        said = read(f"{folder}/errors")[:1_000_000].decode(errors="replace")
        return judge(child.returncode, usage.ru_maxrss // 1024, said, bool(options))
    finally:
        shutil.rmtree(folder)


def judge(status, megabytes, said, is_limited):
    if status == -9:
        return "hang"
    if status < 0:
        return f"signal {-status}"
    if status not in STATUSES:
        return f"status {status}"
    if is_limited and megabytes > MEGABYTES + BESIDE:
        return f"memory {megabytes} MB"
    lines = said.split("\n")
    for line, behind in zip(lines, lines[1:]):
        code = ERROR.match(line)
        if code and code[1] not in PLACELESS and not re.match(r" *--> .*:\d+:\d+$", behind):
            return f"{code[1]} without a place"
    if status != 0 and not re.search(r"^(error|warning)\[", said, re.M):
        return f"status {status} without a message"
    return None


def smaller(text, broken):
    """Makes a program smaller as long as it still breaks the law: lines, then tokens, then bytes."""
    for pieces in (text.split(b"\n"), None, None):
        joint = b"\n" if pieces is not None else b""
        pieces = TOKEN.findall(text) if pieces is None else pieces
        if b"".join(pieces) != text and joint == b"":
            break
        size = max(1, len(pieces) // 2)
        while size:
            i = 0
            while i < len(pieces):
                rest = pieces[:i] + pieces[i + size:]
                if broken(joint.join(rest)):
                    pieces = rest
                else:
                    i += size
            size //= 2
        text = joint.join(pieces)
    return text


def in_batches(pool, check, jobs, size=200):
    """The results in order, a few at a time: a child is charged with the memory that this process
    has when it starts it, so what is done is let go."""
    while batch := list(itertools.islice(jobs, size)):
        yield from pool.map(check, batch)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=1500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--keep", default="")
    parser.add_argument("--unlimited", action="store_true", help="without wl's own limits")
    arguments = parser.parse_args()
    options = [] if arguments.unlimited else [
        f"--timeout={SECONDS}", f"--max-memory={MEGABYTES}MB", "--max-entries=1000000"]
    programs = Programs()
    failures = {}

    def check(job):
        name, text, files = job() if callable(job) else job
        fault = run(text, files, options)
        # A machine that is busy with other things may be late; a run that hangs is late again.
        if fault and fault.startswith(("E0810", "hang")):
            fault = run(text, files, options)
        return name, text, files, fault

    corpus = [(os.path.basename(path), read(path), {})
              for path in sorted(glob.glob(f"{ROOT}/Tests/fuzz/corpus/*.wl"))]
    numbers = range(arguments.first, arguments.first + arguments.count)
    jobs = itertools.chain(corpus, ((lambda n=n: programs.make(n)) for n in numbers))
    done = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        for place, (name, text, files, fault) in enumerate(in_batches(pool, check, jobs)):
            done += 1
            if fault is None:
                continue
            number = arguments.first + place - len(corpus)
            print(f"{name} {number if number >= arguments.first else ''}: {fault}", flush=True)
            failures.setdefault((name, fault), (number, text, files))
    for (name, fault), (number, text, files) in failures.items():
        if arguments.keep:
            if fault != "hang" and len(text) < 5000:
                text = smaller(text, lambda t: run(t, files, options) == fault)
            stem = f"{arguments.keep}/{name}-{number}"
            os.makedirs(arguments.keep, exist_ok=True)
            for file, contents in {**files, ".wl": text}.items():
                put(f"{stem}{'' if file == '.wl' else '-'}{file}", contents)
    print(f"{done} programs, {len(failures)} kinds of failure")
    # A run of no programs would pass too.
    sys.exit(0 if done > arguments.count and not failures or done == arguments.count and not corpus
             and not failures else 1)


main()
