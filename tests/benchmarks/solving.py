"""The process in which one solver solves one problem: ``python -m tests.benchmarks.solving``."""

from __future__ import annotations

import importlib
import os
import pickle
import resource
import sys
from pathlib import Path

from .answer import Answer
from .attempt import SOLVERS, Attempt


def _peak_mb() -> float:
    # The figure of getrusage begins with that of the process that started this one.
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def main() -> None:
    """Solve what standard input tells."""
    # Whatever a solver prints goes to standard error.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    solver, problem, seconds, seed = pickle.load(sys.stdin.buffer)
    module = importlib.import_module(f"tests.benchmarks.{SOLVERS[solver][0]}")
    answer: Answer = module.solve(problem, seconds=seconds, seed=seed)
    out.write(pickle.dumps(Attempt(answer, _peak_mb())))
    out.close()


if __name__ == "__main__":
    main()
