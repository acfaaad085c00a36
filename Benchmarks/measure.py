"""What a process takes: processor time, memory, what it prints."""
import dataclasses
import re
import signal
import subprocess
import sys
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


# A child is charged with the memory of the process that starts it, so a small one does.
START = """
import os, resource, sys
report, limit, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child = os.fork()
if child == 0:
    os.close(report)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    os.execvp(command[0], command)
_, status, usage = os.wait4(child, 0)
seconds = usage.ru_utime + usage.ru_stime
os.write(report, f"{os.waitstatus_to_exitcode(status)} {seconds} {usage.ru_maxrss}".encode())
"""


def cost(command, limit=60, environment=None):
    """Runs a command to its end, or to `limit` seconds of the processor, and says what it cost."""
    with (tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors,
          tempfile.TemporaryFile("w+") as report):
        start = [sys.executable, "-S", "-E", "-c", START, str(report.fileno()), str(limit)]
        subprocess.run([*start, *command], stdout=output, stderr=errors, env=environment,
                       pass_fds=[report.fileno()], check=True)
        for file in (output, errors, report):
            file.seek(0)
        status, seconds, kilobytes = report.read().split()
        if int(status) in (-signal.SIGXCPU, -signal.SIGKILL):
            raise Failed("too slow")
        if int(status) != 0:
            raise Failed(f"{' '.join(command)}: exit {status}\n{errors.read()}", int(status))
        return Cost(float(seconds), int(kilobytes) / 1024, output.read())


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
