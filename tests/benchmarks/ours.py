"""Our own solver, as it is.

Compiling is left out: numba keeps on disk what it has compiled, and the commands solve a small
week in a process of its own before they measure. Loading it from there is not part of the
seconds, as the import of a peer is not; its memory counts.
"""

from __future__ import annotations

import time

from tours.problem import Problem
from tours.solver.exact import solve as solve_exactly
from tours.solver.solution import Progress

from .answer import Answer, Step
from .weeks import made_week


def solve(problem: Problem, *, seconds: float, seed: int) -> Answer:
    """Return the best plan and bound of the seconds."""
    load()
    began = time.monotonic()
    steps: list[Step] = []

    def note(progress: Progress) -> None:
        if progress.value is not None and (not steps or steps[-1].value != progress.value):
            steps.append(Step(time.monotonic() - began, value=progress.value))

    solution = solve_exactly(problem, seed=seed, time_limit=seconds, on_progress=note)
    if not solution.broken:
        steps.append(Step(time.monotonic() - began, value=solution.value))
    return Answer(
        routes=tuple(tuple(halt.place for halt in halts) for halts in solution.tours),
        seconds=time.monotonic() - began,
        value=solution.value,
        bound=solution.bound,
        proven=solution.status != "feasible",
        steps=tuple(steps),
    )


def load() -> None:
    """Load everything compiled into this process, or compile it."""
    solve_exactly(made_week(15, grid_s=900, seed=0))
