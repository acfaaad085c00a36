"""A terminal with wl in it: keys go in, and the screen can be looked at."""
import os
import shutil
import signal
import sys
import tempfile
import termios
import time

import pexpect
import pyte

WL = os.environ.get("WL") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..", ".build", "release", "wl")
PATIENCE = 20

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
BACKSPACE, DELETE, TAB, ENTER = "\x7f", "\x1b[3~", "\t", "\r"
PASTE, PASTED = "\x1b[200~", "\x1b[201~"


def ctrl(letter):
    return chr(ord(letter.upper()) - 64)


class Home:
    """A home folder of its own, so that no test sees another's history."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="wl-pty-")
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path)

    @property
    def history(self):
        return os.path.join(self.path, "state", "wl", "history")

    def read_history(self):
        with open(self.history, encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        path = os.path.join(self.path, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def terminal(self, *arguments, **options):
        return Terminal(self, arguments, **options)


class Terminal:
    def __init__(self, home, arguments, rows=30, columns=80, environment=()):
        variables = dict(
            os.environ, TERM="xterm-256color", LANG="C.UTF-8", HOME=home.path,
            XDG_STATE_HOME=os.path.join(home.path, "state"))
        for name in ("LC_ALL", "LC_CTYPE", "NO_COLOR"):
            variables.pop(name, None)
        variables.update(environment)
        self.screen = pyte.Screen(columns, rows)
        self.stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        self.child = pexpect.spawn(
            WL, list(arguments), env=variables, cwd=home.path, dimensions=(rows, columns),
            timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.close(force=True)

    # What is on the screen

    @property
    def lines(self):
        lines = [line.rstrip().replace("\u00a0", " ") for line in self.screen.display]
        while lines and not lines[-1]:
            lines.pop()
        return [line.rstrip() for line in lines]

    @property
    def cursor(self):
        return self.screen.cursor.x

    @property
    def line(self):
        """The line the cursor is in."""
        return self.screen.display[self.screen.cursor.y].rstrip().replace("\u00a0", " ").rstrip()

    def pump(self, seconds=0.05):
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.bytes += data
        self.stream.feed(data)
        return True

    def wait(self, what, condition):
        """Waits until the screen is as it should be."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or not self.pump():
                for _ in range(3):
                    self.pump()
                if condition():
                    return
                screen = "\n".join(self.lines)
                sys.exit(f"waited for {what!r}; the cursor is at {self.cursor}, the screen is\n{screen}")

    def expect(self, *lines):
        """Waits for these lines, one below the other, at the end of the screen."""
        wanted = list(lines)
        self.wait(wanted, lambda: self.lines[-len(wanted):] == wanted)

    def expect_in(self, text):
        self.wait(text, lambda: any(text in line for line in self.lines))

    def expect_cursor(self, column):
        self.wait(f"cursor in {column}", lambda: self.cursor == column)

    def ready(self):
        """Waits for an empty prompt."""
        self.wait("a prompt", lambda: self.line == "wl>" and self.cursor == 4)

    # What is typed

    def type(self, text):
        self.child.send(text)

    def run(self, statement):
        """Types a statement at an empty prompt and waits for the next."""
        self.ready()
        before = self.screen.cursor.y, self.lines
        self.type(statement + ENTER)
        self.wait(
            "an answer", lambda: (self.screen.cursor.y, self.lines) != before and self.line == "wl>"
            and any(statement.split("\n")[0] in line for line in self.lines))

    def leave(self):
        self.ready()
        self.type(ctrl("d"))
        self.ended(0)

    def ended(self, status):
        end = time.monotonic() + PATIENCE
        while self.pump():
            if time.monotonic() > end:
                sys.exit("wl does not end")
        self.child.wait()
        assert self.child.exitstatus == status, (self.child.exitstatus, self.child.signalstatus)

    def modes(self):
        """Whether the terminal echoes, gathers lines, and turns Ctrl-C into a signal."""
        local = termios.tcgetattr(self.child.child_fd)[3]
        return tuple(bool(local & mode) for mode in (termios.ECHO, termios.ICANON, termios.ISIG))

    def signal(self, name):
        self.child.kill(getattr(signal, name))


def run_tests(tests):
    """Runs the tests that the command line names, each with a home of its own; all without names."""
    if sys.argv[1:] == ["--list"]:
        print("\n".join(tests))
        return
    for name in sys.argv[1:] or tests:
        with Home() as home:
            tests[name](home)
        if not sys.argv[1:]:
            print("passed:", name)
