"""The cases in C, by hand."""
import os
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))


def compile(folder):
    """Compiles them, and gives the path of the program."""
    compiler, path = shutil.which("clang") or shutil.which("cc"), os.path.join(folder, "by-hand")
    sources = [os.path.join(HERE, name) for name in sorted(os.listdir(HERE)) if name.endswith(".c")]
    subprocess.run([compiler, "-O3", "-march=native", *sources, "-o", path, "-lm"], check=True)
    return path


def command(program, case, mode, turns, files):
    return [program, case.reference, mode, str(turns), *files]
