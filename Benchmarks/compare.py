"""Two binaries of wl in alternation, to see that no case got slower."""
import os
import sys

import measure
import reading
import rounds

SLOWER = 1.05  # a ratio that noise does not explain


NEVER = measure.Cost(float("inf"), float("inf"), "")


def cost(wl, path):
    """What a run takes; all there is where it takes too long."""
    try:
        return measure.cost([wl, path])
    except measure.Failed as failure:
        print(f"{wl}: {os.path.basename(path)}: {failure}", file=sys.stderr)
        return NEVER


def table(cases, folder, ours, other, count):
    """Prints a line for each case; the exit status is 1 when one got slower."""
    print("| case | other | this | this / other | |\n| --- | ---: | ---: | ---: | --- |")
    lines = [(case.title, rounds.program(case, folder, "gradient", case.turns, case.files(folder)))
             for case in cases]
    lines.append(("W9: reading", reading.write(folder)))
    worst = 0
    for title, path in lines:
        least = {ours: float("inf"), other: float("inf")}
        megabytes = {}
        for turn in range(count):
            for wl in (ours, other) if turn % 2 else (other, ours):
                found = cost(wl, path)
                least[wl] = min(least[wl], found.seconds)
                megabytes[wl] = found.megabytes
        ratio = 1 if least[ours] == least[other] else least[ours] / least[other]
        worst = max(worst, ratio)
        mark = "slower" if ratio > SLOWER else "faster" if ratio < 1 / SLOWER else ""
        print(f"| {title} | {1000 * least[other]:.1f} ms, {megabytes[other]:.0f} MB "
              f"| {1000 * least[ours]:.1f} ms, {megabytes[ours]:.0f} MB | {ratio:.3f} | {mark} |", flush=True)
    return 1 if worst > SLOWER else 0
