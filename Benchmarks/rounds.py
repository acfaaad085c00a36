"""One case: wl and C in alternating rounds, with and without the gradient, then the peers."""
import dataclasses
import os
import sys

import measure
import reference

MODES = ("gradient", "value")
REFUSED = "too slow"
ENOUGH = 15  # seconds, after which a case has no more rounds than two


@dataclasses.dataclass
class Row:
    """What is known of a case when it has been measured."""

    case: object
    wl: dict  # mode -> Steady
    by_hand: dict
    peers: dict  # name -> Outcome, or REFUSED, or None where it has not got the case
    megabytes: dict = None  # wl and C, at the most, for one value and gradient


@dataclasses.dataclass(frozen=True)
class Outcome:
    turn: float  # seconds
    setup: float


def program(case, folder, mode, turns, files):
    path = os.path.join(folder, f"{case.name}-{mode}-{turns}.wl")
    with open(path, "w") as file:
        file.write(case.program(turns, mode == "gradient", files))
    return path


def steady(case, folder, wl, by_hand, count, files):
    """wl and C by mode; ends the run when they do not agree."""
    found = {who: {mode: measure.Steady(case.turns) for mode in MODES} for who in ("wl", "C")}
    commands = {
        ("wl", mode): [[wl, program(case, folder, mode, turns, files)] for turns in (1, case.turns)]
        for mode in MODES}
    commands |= {
        ("C", mode): [reference.command(by_hand, case, mode, turns, files) for turns in (1, case.turns)]
        for mode in MODES}
    spent = 0
    for done in range(count):
        for (who, mode), (one, many) in commands.items():
            costs = measure.cost(one), measure.cost(many)
            found[who][mode].add(*costs)
            spent += sum(cost.seconds for cost in costs)
        if done and spent > ENOUGH:
            break
    for mode in MODES:
        ours, theirs = found["wl"][mode].result, found["C"][mode].result
        if not measure.agree(ours, theirs):
            sys.exit(f"{case.name}, {mode}: wl has {ours[:3]}, C {theirs[:3]}")
    return found["wl"], found["C"]


def by_peer(peer, case, workshop, by_hand, files):
    """What a peer takes; its result is that of C after as many turns, or the run ends."""
    try:
        found = workshop.run(peer, case, files)
    except measure.Failed as failure:
        print(f"{case.name}: {peer.name}: {failure}", file=sys.stderr)
        return REFUSED
    if found is None:
        return None
    expected = measure.numbers(measure.cost(
        reference.command(by_hand, case, "gradient", found["turns"], files)).printed)
    if not measure.agree(found["result"], expected):
        sys.exit(f"{case.name}: {peer.name} has {found['result'][:3]}, C {expected[:3]}")
    return Outcome(found["turn"], found["setup"])


def row(case, folder, wl, by_hand, count, workshop, peers):
    files = case.files(folder)
    ours, c = steady(case, folder, wl, by_hand, count, files)
    found = {peer.name: by_peer(peer, case, workshop, by_hand, files) for peer in peers}
    return Row(case, ours, c, found, once(case, folder, wl, by_hand, files))


def once(case, folder, wl, by_hand, files):
    """The memory of one value and gradient, of a list that stands for itself where the case is one."""
    write = case.once or (lambda files: case.program(1, True, files))
    path = os.path.join(folder, f"{case.name}-once.wl")
    with open(path, "w") as file:
        file.write(write(files))
    commands = {"wl": [wl, path], "C": reference.command(by_hand, case, "gradient", 1, files)}
    costs = {who: measure.cost(command) for who, command in commands.items()}
    results = [measure.numbers(cost.printed) for cost in costs.values()]
    if not measure.agree(*results):
        sys.exit(f"{case.name}, once: wl has {results[0][:3]}, C {results[1][:3]}")
    return {who: cost.megabytes for who, cost in costs.items()}
