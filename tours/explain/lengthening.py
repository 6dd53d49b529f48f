"""Whether longer afternoons would help where rules cannot hold together: tried by solving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from tours.config import Config
from tours.problem import Problem
from tours.solver.exact import solve

# By so many minutes an afternoon may start earlier and end later.
MINUTES = (30, 60, 120)
# Seconds for each of them; without a plan that keeps all rules by then, nothing is promised.
SECONDS = 3.0
_DAY_S = 24 * 3600


def helpful_minutes(
    config: Config, problem_of: Callable[[Config], Problem], *, seed: int, time_limit: float | None
) -> int | None:
    """Return by how much all afternoons have to be longer, at both ends; None if it is not found.

    Parameters
    ----------
    config : Config
    problem_of : callable
        Returns the problem of the weeks with other settings.
    seed : int
    time_limit : float or None
        Seconds for each length that is tried.
    """
    seconds = SECONDS if time_limit is None else min(SECONDS, time_limit)

    def helps(minutes: int) -> bool:
        longer = lengthened(config, minutes)
        if longer is None:
            return False
        return not solve(problem_of(longer), seed=seed, time_limit=seconds).broken

    most = MINUTES[-1]
    return next((m for m in (*MINUTES[:-1], most) if helps(m)), None) if helps(most) else None


def lengthened(config: Config, minutes: int) -> Config | None:
    """Return settings whose afternoons start earlier and end later; None where they would meet."""
    afternoons = tuple(
        replace(
            afternoon,
            start_s=max(afternoon.start_s - minutes * 60, 0),
            end_s=min(afternoon.end_s + minutes * 60, _DAY_S),
        )
        for afternoon in config.afternoons
    )
    if any(
        (a.weekday, a.bus) == (b.weekday, b.bus) and a.start_s < b.end_s and b.start_s < a.end_s
        for a, b in combinations(afternoons, 2)
    ):
        return None
    return replace(config, afternoons=afternoons)
