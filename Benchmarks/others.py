"""The other tools: which there are, how they are installed, how a case is run by one of them."""
import dataclasses
import json
import os
import subprocess
import sys

import measure

HERE = os.path.dirname(os.path.abspath(__file__))
PEERS = os.path.join(HERE, "peers")
LIMIT = 25  # seconds of the processor for one case, set-up included
READERS = ("luajit", "lua5.4")  # of Debian, for W9 and W8
NO_SUCH_CASE, TOO_SLOW = 3, 4  # what the harnesses exit with


@dataclasses.dataclass(frozen=True)
class Peer:
    name: str
    file: str  # in peers/, a module of cases, or a program in C++
    packages: tuple = ()  # from PyPI
    debian: tuple = ()
    libraries: tuple = ()  # for the linker
    extra: bool = False  # large: only installed when it is asked for by name


ALL = [
    Peer("JAX", "jax_jit.py", ("jax",)),
    Peer("CasADi", "casadi_vm.py", ("casadi",)),
    Peer("CasADi to C", "casadi_c.py", ("casadi",)),
    Peer("CppAD", "cppad.cpp", ("cmeel-cppad",), libraries=("cppad_lib",)),
    Peer("ADOL-C", "adolc.cpp", debian=("libadolc-dev",), libraries=("adolc",)),
    Peer("NumPy by hand", "numpy_by_hand.py", ("numpy",)),
    Peer("autograd", "autograd_eager.py", ("autograd",)),
    Peer("PyTorch", "torch_eager.py", ("torch",), extra=True),
]


def install_packages(*names):
    if names:
        subprocess.run([os.path.join(HERE, "..", "scripts", "install-packages"), *names], check=True)


def one_thread():
    """The environment of a peer: one thread, and its own BLAS chooses its kernels itself."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OPENBLAS_")}
    return {**kept, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


class Workshop:
    """A folder with a virtual environment and compiled programs, where the peers are run."""

    def __init__(self, folder):
        self.folder = folder
        self.environment = os.path.join(folder, "python")
        self.python = os.path.join(self.environment, "bin", "python")

    def ready(self, words):
        """The peers that words name and that can be run: `all` installs what is missing, `present` does not,
        `none` are none; names without blanks, as in `jax,numpy` and `all,pytorch`, are installed too."""
        if words.startswith("all"):
            install_packages(*READERS)
        return [peer for peer in chosen(words) if self.is_ready(peer, installing=words != "present")]

    def is_ready(self, peer, installing):
        try:
            for package in peer.packages:
                self.need(package, installing)
            if installing:
                install_packages(*peer.debian)
            if peer.file.endswith(".cpp"):
                self.compile(peer)
            return True
        except (subprocess.CalledProcessError, FileNotFoundError, LookupError) as error:
            print(f"without {peer.name}: {error}", file=sys.stderr)
            return False

    def need(self, package, installing):
        if not os.path.exists(self.python):
            if not installing:
                raise LookupError("not installed")
            subprocess.run([sys.executable, "-m", "venv", self.environment], check=True)
        known = subprocess.run([self.python, "-m", "pip", "show", "-q", package], capture_output=True)
        if known.returncode != 0:
            if not installing:
                raise LookupError(f"{package} is not installed")
            print(f"installing {package}", file=sys.stderr)
            subprocess.run([self.python, "-m", "pip", "install", "-q", package], check=True)

    def version(self, peer):
        """The version of a peer's package, as its packager tells it."""
        if peer.packages:
            command = [self.python, "-m", "pip", "show", peer.packages[0]]
        else:
            command = ["dpkg-query", "--show", "--showformat=Version: ${Version}", *peer.debian]
        printed = subprocess.run(command, capture_output=True, text=True).stdout
        return next((line.split(": ", 1)[1] for line in printed.splitlines()
                     if line.startswith("Version: ")), "of unknown version")

    def compile(self, peer):
        program = self.program(peer)
        source = os.path.join(PEERS, peer.file)
        sources = [source, os.path.join(PEERS, "harness.hpp"), os.path.join(PEERS, "formulas.hpp")]
        if os.path.exists(program) and os.path.getmtime(program) > max(map(os.path.getmtime, sources)):
            return
        version = "python{}.{}".format(*sys.version_info)
        prefix = os.path.join(self.environment, "lib", version, "site-packages", "cmeel.prefix")
        library = os.path.join(prefix, "lib")
        subprocess.run(
            ["c++", "-std=c++17", "-O3", "-DNDEBUG", "-march=native", "-I", os.path.join(prefix, "include"),
             source, "-o", program, "-L", library, f"-Wl,-rpath,{library}",
             *(f"-l{name}" for name in peer.libraries)], check=True, capture_output=True)

    def program(self, peer):
        return os.path.join(self.folder, peer.file.removesuffix(".cpp"))

    def run(self, peer, case, files):
        """The turns it did, seconds of one, seconds before the first, and the result; None without the case."""
        if peer.file.endswith(".py"):
            command = [self.python, os.path.join(PEERS, "harness.py"), peer.file.removesuffix(".py")]
        else:
            command = [self.program(peer)]
        try:
            printed = measure.cost([*command, case.name, str(case.turns), *files], LIMIT,
                                   one_thread()).printed
        except measure.Failed as failure:
            if failure.status == NO_SUCH_CASE:
                return None
            raise measure.Failed("too slow" if failure.status == TOO_SLOW else str(failure)) from failure
        return json.loads(printed)


def chosen(words):
    names = [word.lower() for word in words.split(",")]

    def is_meant(peer):
        if "present" in names or ("all" in names and not peer.extra):
            return True
        return any(peer.name.lower().replace(" ", "").startswith(name) for name in names)

    return [] if names == ["none"] else [peer for peer in ALL if is_meant(peer)]
