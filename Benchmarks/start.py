"""W8: from the start to the printed gradient of a small program, beside Swift programs that do nothing, and Lua."""
import os
import shutil
import subprocess
import time

import measure

PROGRAM = "x1 = 3\nx2 = 4\nf = (2*x1 + x2)^2\nprint grad(f, x1, x2)\n"
ROUNDS = 40


def empty(folder, *options):
    """The path of a Swift program that does nothing, or None where there is no Swift."""
    source, program = (os.path.join(folder, name) for name in ("main.swift", "empty" + "".join(options)))
    if not os.path.exists(program):
        with open(source, "w"):
            pass
        try:
            subprocess.run(["swiftc", "-O", *options, source, "-o", program], check=True)
        except (FileNotFoundError, subprocess.CalledProcessError):
            return None
    return program


def milliseconds(command):
    """From start to exit, by the clock, since a user waits for what the system does as well."""
    null = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=null)
    os.waitpid(child, 0)
    return 1000 * (time.perf_counter() - start)


def times(folder, wl, peers):
    """Milliseconds of wl and of the empty programs: the least of alternating rounds."""
    path = os.path.join(folder, "start.wl")
    with open(path, "w") as file:
        file.write(PROGRAM)
    if measure.numbers(measure.cost([wl, path]).printed) != [40, 20]:
        raise measure.Failed("start: the gradient is not (40, 20)")
    commands = {"wl": [wl, path]}
    for name, options in (("Swift, static", ["-static-stdlib"]), ("Swift, dynamic", [])):
        program = empty(folder, *options)
        if program:
            commands[name] = [program]
    if peers and shutil.which("lua5.4"):
        commands["Lua"] = ["lua5.4", os.path.join(os.path.dirname(__file__), "peers", "start.lua")]
    rounds = [{who: milliseconds(command) for who, command in commands.items()}
              for _ in range(ROUNDS)]
    return {who: min(round[who] for round in rounds) for who in commands}
