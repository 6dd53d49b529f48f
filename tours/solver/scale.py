"""The scale of a problem's values: their unit, the most there can be, and what a hard rule weighs.

All in hundredths of a contact.
"""

from __future__ import annotations

import math

import numpy as np

from tours.problem import Problem
from tours.schedule import drive_costs


def common_unit(problem: Problem) -> int:
    """Return the greatest number that every value is a multiple of, at least 1."""
    costs = drive_costs(problem)
    prizes = {option.prize for candidate in problem.candidates for option in candidate.options}
    bonuses = {cover.bonus or 0 for cover in problem.covers}
    return max(1, math.gcd(*prizes, *bonuses, *np.unique(costs).tolist()))


def ceiling(problem: Problem) -> int:
    """Return what every place together can earn at best, wherever the bus is."""
    best: dict[str, dict[int, int]] = {}
    for candidate in problem.candidates:
        most = max(option.prize for option in candidate.options)
        best.setdefault(candidate.place, {})[candidate.shift] = max(0, most)
    total = sum(cover.bonus or 0 for cover in problem.covers)
    for place, by_shift in best.items():
        times = min(
            (
                limit.at_most
                for limit in problem.limits
                if place in limit.places and limit.shifts >= by_shift.keys()
            ),
            default=len(by_shift),
        )
        total += sum(sorted(by_shift.values(), reverse=True)[:times])
    return total


def most_spent(problem: Problem) -> int:
    """Return a number that no plan's worth, without bonuses, is further from 0."""
    most: dict[tuple[str, int], int] = {}
    for candidate in problem.candidates:
        key = candidate.place, candidate.shift
        most[key] = max(abs(option.prize) for option in candidate.options)
    dearest = int(drive_costs(problem).max(initial=0))
    return sum(most.values()) + dearest * (len(most) + len(problem.shifts))


def hard_penalty(problem: Problem, unit: int) -> int:
    """Return more than lies between any two plans, so that keeping a hard rule always pays.

    Parameters
    ----------
    problem : Problem
    unit : int
        The penalty is a multiple of it.
    """
    bonuses = sum(cover.bonus or 0 for cover in problem.covers)
    total = 2 * most_spent(problem) + bonuses
    return (total // unit + 1) * unit
