"""CasADi again, its expressions written out as C and compiled."""
import os
import subprocess
import tempfile

import casadi as ca

from casadi_vm import chain, net, samples, scalars, trask


def compiled(step):
    folder = tempfile.mkdtemp()
    here = os.getcwd()
    os.chdir(folder)  # CasADi writes where it stands
    try:
        step.generate("step.c")
        subprocess.run(["cc", "-O2", "-march=native", "-shared", "-fPIC", "step.c", "-o", "step.so"],
                       check=True)
        return ca.external("step", os.path.join(folder, "step.so"))
    finally:
        os.chdir(here)


CASES = {
    "w1-20": chain(20, compiled), "w2-1e3": scalars(compiled), "w2-1e5": scalars(compiled),
    "w4-32": net(compiled), "w5": trask(compiled), "w6": samples(compiled),
}
