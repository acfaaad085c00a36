"""What a process takes: processor time, memory, what it prints."""
import dataclasses
import os
import re
import resource
import signal
import subprocess
import tempfile


class Failed(Exception):
    def __init__(self, message, status=None):
        super().__init__(message)
        self.status = status


@dataclasses.dataclass(frozen=True)
class Cost:
    seconds: float  # of the processor, the system's part included
    megabytes: float  # at the most
    printed: str


def cost(command, limit=60, environment=None):
    """Runs a command to its end, or to `limit` seconds of the processor, and says what it cost."""
    def bounded():
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))

    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        child = subprocess.Popen(command, stdout=output, stderr=errors, preexec_fn=bounded,
                                 env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Failed("too slow")
        output.seek(0)
        errors.seek(0)
        if child.returncode != 0:
            raise Failed(f"{' '.join(command)}: exit {child.returncode}\n{errors.read()}",
                         child.returncode)
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, output.read())


def numbers(text):
    """The numbers in a text, in order."""
    return [float(word) for word in re.findall(r"[-+]?(?:\d[\d.]*(?:e[-+]?\d+)?|inf|nan)", text)]


def agree(ours, theirs, tolerance=1e-9):
    """Whether two results are the same numbers but for rounding, and how far apart they are."""
    if len(ours) != len(theirs):
        return False
    return all(abs(a - b) <= tolerance * max(1, abs(b)) for a, b in zip(ours, theirs))


@dataclasses.dataclass
class Steady:
    """A program run once with one turn and once with many: what a turn takes, and what the start does.

    The least of several rounds counts, of each on its own, since noise only ever adds.
    """

    turns: int
    one: float = float("inf")
    many: float = float("inf")
    result: tuple = ()

    def add(self, one, many):
        self.one = min(self.one, one.seconds)
        self.many = min(self.many, many.seconds)
        self.result = numbers(many.printed)

    @property
    def turn(self):
        """Seconds of one turn."""
        return (self.many - self.one) / (self.turns - 1)

    @property
    def is_clear(self):
        """Whether the turns stand out from what the noise of the start may be."""
        return self.many > 1.03 * self.one

    @property
    def setup(self):
        """Seconds from the start to the first result, without the turn that makes it."""
        return max(0, self.one - self.turn)
