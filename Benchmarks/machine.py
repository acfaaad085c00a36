"""The machine on which all is measured."""
import datetime
import os
import platform
import subprocess
import sys

BUSY = 0.5  # a load above which times are doubtful


def use_one_core():
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def load():
    return os.getloadavg()[0]


def warn_when_busy():
    if load() > BUSY:
        print(f"the load is {load():.1f}: others compute here too, so ratios may be off by a fifth",
              file=sys.stderr)


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            lines = [line.split(":", 1) for line in file if ":" in line]
        facts = {name.strip(): value.strip() for name, value in reversed(lines)}
    except FileNotFoundError:
        return platform.processor()
    width = next((name for flag, name in (("avx512f", "AVX-512"), ("avx2", "AVX2"))
                  if flag in facts.get("flags", "").split()), "no AVX2")
    return f"{facts.get('model name', platform.machine())} with {width}"


def first_line(*command):
    try:
        return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[0]
    except (FileNotFoundError, IndexError):
        return f"{command[0]} is missing"


def description(workshop, peers):
    """A paragraph: when, on what, with which versions."""
    today = datetime.date.today().isoformat()
    compiler = first_line("clang", "--version").split(" (")[0]
    versions = "; ".join(f"{peer.name} {workshop.version(peer)}" for peer in peers)
    busy = f"; the load at the start was {load():.1f}" + (
        ", so ratios may be off by a fifth" if load() > BUSY else "")
    kernels = os.environ.get("OPENBLAS_CORETYPE")
    held = f" The environment held the BLAS of wl to kernels of {kernels}, but not those of other tools." \
        if kernels else ""
    return (f"Measured {today} on one core of {os.cpu_count()}, {processor()}{busy}.{held} "
            f"{platform.system()}, {compiler}" + (f"; {versions}." if versions else "."))
