"""Compiling all of the solver before it is first needed, in processes of their own.

Numba compiles one function at a time in a process, and that takes longer than everything else of
the first plan after installation. Two processes do it at once, while the roads are being read; each
solves a week of one afternoon, and what it compiled is kept for the one that waits.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import platform
import signal
import sys
from collections.abc import Callable, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

import numba
import numpy as np

from geodata.travel import TravelTimes
from tours.problem import Candidate, Option, Problem, Rest, Shift
from tours.solver.compilation import SETTINGS, code_folder
from tours.solver.exact import solve
from tours.solver.instance import build_instance
from tours.solver.search import Search


class Rehearsal:
    """Processes that compile, to be waited for.

    Parameters
    ----------
    processes : sequence of BaseProcess
        Those that were started; none where there is nothing to compile.
    mark : Path or None
        A file that is made once all of them have done their work.
    """

    def __init__(self, processes: Sequence[BaseProcess] = (), mark: Path | None = None) -> None:
        self._processes = processes
        self._mark = mark

    @property
    def is_needed(self) -> bool:
        """Whether there is something to wait for."""
        return bool(self._processes)

    def wait(self) -> None:
        """Wait until all that can be kept is kept; what failed is compiled where it is called."""
        for process in self._processes:
            process.join()
        if self._mark and all(process.exitcode == 0 for process in self._processes):
            try:
                self._mark.touch()
            except OSError:
                # The next plan looks again, which takes a second or two.
                return


def rehearse() -> Rehearsal:
    """Begin to compile what the solver consists of, where that was not done before.

    Nothing is begun where compiled code cannot be kept, and where there is one processor only:
    there the solver compiles each function when it comes to it.
    """
    folder = None if SETTINGS["DISABLE_JIT"] else code_folder()
    if folder is None or (os.cpu_count() or 1) < 2:
        return Rehearsal()
    made_by = f"{sys.implementation.cache_tag}-{numba.__version__}-{platform.machine()}"
    mark = folder / f"{made_by}.complete"
    if mark.exists():
        return Rehearsal()
    # Others than spawned ones would share locks with the threads of this process.
    context = multiprocessing.get_context("spawn")
    parts: tuple[Callable[[], None], ...] = rehearse_search, rehearse_bound
    processes = [context.Process(target=_alone, args=(part,), daemon=True) for part in parts]
    for process in processes:
        process.start()
    return Rehearsal(processes, mark)


def rehearse_search() -> None:
    """Compile what the search consists of."""
    instance = build_instance(_afternoon(), seed=0)
    Search(instance.problem, instance.shifts, instance.penalty, instance.seed).run(1)


def rehearse_bound() -> None:
    """Compile what the bound consists of: a break keeps the search out of it."""
    solve(_afternoon(Rest(earliest_s=0, latest_s=7200, length_s=900)))


def _alone(part: Callable[[], None]) -> None:
    """Do a part in a process of its own, which an interrupt ends with the one that waits."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Whoever waits compiles it then, and says what is wrong. Open until the process ends.
    sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - see above
    part()


def _afternoon(rest: Rest | None = None) -> Problem:
    """Return an afternoon with two places."""
    ids = "depot", "first", "second"
    seconds = np.full((3, 3), 600, dtype=np.int64)
    np.fill_diagonal(seconds, 0)
    day = Shift("day", dt.date(2026, 1, 5), "depot", 0, 14400, rest=rest)
    options = tuple(Option(start_s, 1800, 100) for start_s in (3600, 7200))
    return Problem(
        travel=TravelTimes(ids, seconds, seconds * 15),
        shifts=(day,),
        candidates=tuple(Candidate(place, 0, options) for place in ids[1:]),
    )
