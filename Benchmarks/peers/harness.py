"""harness.py PEER CASE TURNS [FILE ...]: one case by one peer, as a line of JSON.

A peer is a file of this folder with a table CASES: for each case a function that takes the files and
gives another, which runs so many turns from the beginning and gives the result. The processor time of
a turn is the least of three runs of at most TURNS turns that fill a third of a second; the set-up is
what the first result takes beyond a turn, the import of the peer's own modules left out.
"""
import importlib
import json
import resource
import subprocess
import sys

BUDGET = 0.3  # seconds of a run
NO_SUCH_CASE, TOO_SLOW = 3, 4


def spent():
    """Seconds of the processor, those of compilers that were called included."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def timed(run, *arguments):
    start = spent()
    return run(*arguments), spent() - start


def main(peer, case, turns, *files):
    make = importlib.import_module(peer).CASES.get(case)
    if make is None:
        sys.exit(NO_SUCH_CASE)
    begin = spent()
    run = make(files)
    run(1)
    first = spent() - begin
    count = 1
    _, seconds = timed(run, count)
    while seconds < BUDGET and count < turns:
        count = min(turns, max(2 * count, int(0.8 * count * BUDGET / max(seconds, 1e-6))))
        result, seconds = timed(run, count)
    for _ in range(2):
        if seconds < 10 * BUDGET:
            result, again = timed(run, count)
            seconds = min(seconds, again)
    if count == 1:
        result = run(1)
    turn = seconds / count
    print(json.dumps({
        "turns": count, "turn": turn, "setup": max(0, first - turn), "result": list(map(float, result)),
    }))


if __name__ == "__main__":
    try:
        main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
    except subprocess.CalledProcessError:  # a compiler that ran out of time
        sys.exit(TOO_SLOW)
