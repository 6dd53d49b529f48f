"""What visits count for in all shifts, as the search for plans looks it up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np

from tours.problem import Problem
from tours.solver.arrays import Flags, Ints


class Terms(NamedTuple):
    """Covers, limits, budgets and alternatives; S shifts.

    Attributes
    ----------
    first_cover, cover : ndarray of int64
        Per shift and place, in that order, the covers that a visit counts for.
    needed, bonus : ndarray of int64
        Per cover.
    is_hard : ndarray of bool
    first_limit, limit : ndarray of int64
        Per shift and place, the limits that a visit counts for.
    most : ndarray of int64
        Per limit.
    budget_of : ndarray of bool, shape (budgets, S)
    budget : ndarray of int64
    alternative_of : ndarray of bool, shape (alternatives, S)
    """

    first_cover: Ints
    cover: Ints
    needed: Ints
    bonus: Ints
    is_hard: Flags
    first_limit: Ints
    limit: Ints
    most: Ints
    budget_of: Flags
    budget: Ints
    alternative_of: Flags


def build_terms(problem: Problem, places: Sequence[str]) -> Terms:
    """Return the terms of a problem; its places in this order."""
    num_shifts = len(problem.shifts)
    pairs = [(s, place) for s in range(num_shifts) for place in places]
    # Minutes are left to the integer programme.
    covers = [
        [
            c
            for c, cover in enumerate(problem.covers)
            if cover.counts(place, s) and not cover.dwell_s
        ]
        for s, place in pairs
    ]
    limits = [
        [n for n, limit in enumerate(problem.limits) if place in limit.places and s in limit.shifts]
        for s, place in pairs
    ]
    first_cover, cover = _ragged(covers)
    first_limit, limit = _ragged(limits)
    return Terms(
        first_cover=first_cover,
        cover=cover,
        needed=np.array([0 if c.dwell_s else c.at_least for c in problem.covers], dtype=np.int64),
        bonus=np.array([c.bonus or 0 for c in problem.covers], dtype=np.int64),
        is_hard=np.array([c.bonus is None for c in problem.covers], dtype=np.bool_),
        first_limit=first_limit,
        limit=limit,
        most=np.array([some.at_most for some in problem.limits], dtype=np.int64),
        budget_of=_membership([budget.shifts for budget in problem.budgets], num_shifts),
        budget=np.array([budget.drive_s for budget in problem.budgets], dtype=np.int64),
        alternative_of=_membership(problem.alternatives, num_shifts),
    )


def _membership(sets: Sequence[Collection[int]], size: int) -> Flags:
    """Return which numbers below a size are in which set, shape (sets, size)."""
    rows = [[number in some for number in range(size)] for some in sets]
    return np.array(rows, dtype=np.bool_).reshape(len(sets), size)


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    first = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return first, np.array([value for row in rows for value in row], dtype=np.int64)
