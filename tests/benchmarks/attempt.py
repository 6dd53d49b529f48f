"""One solve in a process of its own, so that time, memory and threads are its own.

The process is told the problem on standard input and hands back the answer on standard
output; see `solving` for the other side.
"""

from __future__ import annotations

import importlib.util
import os
import pickle
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import OutreachError
from tours.problem import Problem

from .answer import Answer

ROOT = Path(__file__).parents[2]
# Solvers by name, with their file and what has to be installed.
SOLVERS = {
    "ours": ("ours", None),
    "cpsat": ("peer_cpsat", "ortools"),
    "ortools": ("peer_ortools", "ortools"),
    "pyvrp": ("peer_pyvrp", "pyvrp"),
    "vroom": ("peer_vroom", "vroom"),
}
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")
# Whoever has not come to an end after its time and this is ended; building a model takes time.
PATIENCE_S = 300


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a solver did.

    Attributes
    ----------
    answer : Answer
    peak_mb : float
        Of the whole process after the solve, interpreter and libraries included.
    """

    answer: Answer
    peak_mb: float


def attempt(solver: str, problem: Problem, *, seconds: float, seed: int) -> Attempt | None:
    """Solve a problem in a process of its own; None if the solver did not come to an end.

    Parameters
    ----------
    solver : str
        One of `SOLVERS`.
    problem : Problem
    seconds : float
        For the search.
    seed : int
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.solving"],
            input=pickle.dumps((solver, problem, seconds, seed)),
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")},
            timeout=seconds + PATIENCE_S,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"{solver}: {error}", file=sys.stderr)
        return None
    found = pickle.loads(done.stdout)
    assert isinstance(found, Attempt)
    return found


def warm_up() -> None:
    """Have everything of ours compiled before something is measured."""
    print("compiling, if need be", file=sys.stderr)
    subprocess.run(
        [sys.executable, "-c", "from tests.benchmarks.ours import load; load()"],
        stdout=sys.stderr,
        cwd=ROOT,
        check=True,
    )


def chosen_solvers(peers: str, known: tuple[str, ...]) -> list[str]:
    """Return ours and the peers of a list with commas.

    Raises
    ------
    OutreachError
        If a peer is not known here, or not installed.
    """
    names = list(dict.fromkeys(filter(None, peers.split(","))))
    for name in names:
        if name not in known:
            raise OutreachError(
                f"There is no peer “{name}” here",
                where="--peers",
                remedy=f"Choose from {', '.join(known)}",
            )
        package = SOLVERS[name][1]
        if package is not None and importlib.util.find_spec(package) is None:
            raise OutreachError(
                f"“{name}” needs the package {package}, which is not installed",
                where="--peers",
                remedy="Install the peers with pip install '.[bench]'",
            )
    return ["ours", *(name for name in names if name != "ours")]
