"""Rows as Markdown."""
import dataclasses

import rounds

BEGIN, END = "<!-- measured by Benchmarks/run -->", "<!-- end of what was measured -->"
STEEPEST = 2.5  # bar of gradient over value
LARGEST = ("w2-1e6", 80)  # bar of memory, in MB
READING = 8e6  # bar of statements a second
START = 5  # bar of milliseconds to the printed gradient


def table(head, lines):
    """Columns of which all but the first stand at the right."""
    marks = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, marks, *lines])


def yes(is_reached):
    return "yes" if is_reached else "**no**"


def time(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.0f} ns"


def ratio(value):
    return f"{value:.2f}" if value < 10 else f"{value:.0f}"


def of_peer(outcome, show):
    if isinstance(outcome, rounds.Outcome):
        return show(outcome)
    return "·" if outcome is None else outcome


@dataclasses.dataclass
class Page:
    machine: str
    peers: list
    rows: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)  # cases that wl or C did not finish
    start: dict = None
    reading: dict = None

    def add(self, row):
        self.rows.append(row)

    def text(self):
        failed = "\n".join(f"* **Not measured**: {failure}" for failure in self.failures)
        parts = [self.machine, self.steady(), failed, self.before(), self.others()]
        return "\n\n".join(part for part in parts if part)

    def put_into(self, path):
        """Replaces what stands between the marks of a page."""
        with open(path) as file:
            before, _, rest = file.read().partition(BEGIN)
        _, mark, after = rest.partition(END)
        if not mark:
            raise SystemExit(f"{path} has no marks {BEGIN} and {END}")
        with open(path, "w") as file:
            file.write(f"{before}{BEGIN}\n\n{self.text()}\n\n{END}{after}")

    def steady(self):
        if not self.rows:
            return ""
        lines = []
        for row in self.rows:
            ours, c = row.wl["gradient"].turn, row.by_hand["gradient"].turn
            lines.append([
                row.case.title, time(ours), time(c), f"**{ratio(ours / c)}**", f"{row.case.bar}",
                yes(ours / c <= row.case.bar) if row.wl["gradient"].is_clear else "lost in noise",
                *(of_peer(row.peers.get(name), lambda o: ratio(o.turn / c)) for name in self.peers)])
        return ("Value and gradient, steady state: the time of a turn, and ratios to C.\n\n"
                + table(["case", "wl", "C", "wl / C", "bar", "reached", *self.peers], lines))

    def before(self):
        if not self.rows:
            return ""
        lines = []
        for row in self.rows:
            ours = row.wl["gradient"]
            steep = ours.turn / row.wl["value"].turn
            is_clear = all(steady.is_clear for steady in row.wl.values())
            others = [row.peers.get(name) for name in self.peers]
            lines.append([
                row.case.title, time(ours.setup), self.is_early(row, ours.setup),
                *(of_peer(other, lambda o: time(o.setup)) for other in others),
                ratio(steep), yes(steep <= STEEPEST) if is_clear else "lost in noise",
                ratio(row.by_hand["gradient"].turn / row.by_hand["value"].turn),
                f"{row.megabytes['wl']:.0f} MB", f"{row.megabytes['C']:.0f} MB"])
        names = [f"set-up {name}" for name in self.peers]
        return (f"Before the first result (at most a tenth of JAX's, and no more than CppAD's), the gradient "
                f"over the value (at most {STEEPEST}), memory.\n\n"
                + table(["case", "set-up wl", "reached", *names, "gradient / value", "reached", "in C",
                         "memory wl", "C"], lines))

    @staticmethod
    def is_early(row, setup):
        bars = [row.peers[name].setup * share for name, share in (("JAX", 0.1), ("CppAD", 1))
                if isinstance(row.peers.get(name), rounds.Outcome)]
        return yes(setup <= min(bars)) if bars else "·"

    def others(self):
        lines = []
        for row in self.rows:
            if row.case.name == LARGEST[0]:
                megabytes = row.megabytes["wl"]
                lines.append(["Peak memory of W2/1e6", f"{megabytes:.0f} MB", f"{LARGEST[1]} MB",
                              yes(megabytes <= LARGEST[1]), f"C {row.megabytes['C']:.0f} MB"])
        if self.start:
            others = {who: ms for who, ms in self.start.items() if who != "wl"}
            lines.append(["W8: start to printed gradient", f"{self.start['wl']:.1f} ms", f"{START} ms",
                          yes(self.start["wl"] <= START),
                          ", ".join(f"{who} {ms:.1f} ms" for who, ms in others.items())])
        if self.reading:
            others = {who: speed for who, speed in self.reading.items() if who != "wl"}
            lines.append(["W9: statements read a second", f"{self.reading['wl'] / 1e6:.1f} M",
                          f"{READING / 1e6:.0f} M", yes(self.reading["wl"] >= READING),
                          ", ".join(f"{who} {speed / 1e6:.2g} M" for who, speed in others.items())])
        return table(["", "wl", "bar", "reached", "beside"], lines) if lines else ""
