"""What the visits of a plan count for: covers, limits, budgets, alternatives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Flags, Ints
from tours.solver.compilation import compiled_part
from tours.solver.profiles import NOWHERE, Tours
from tours.solver.weekarrays import Weeks


class Tallies(NamedTuple):
    """Visits, counted.

    Attributes
    ----------
    covered : ndarray of int64
        Per cover.
    used : ndarray of int64
        Per limit.
    visited : ndarray of bool, shape (S, P)
        Whether a shift visits a place.
    """

    covered: Ints
    used: Ints
    visited: Flags


def no_visits(w: Weeks) -> Tallies:
    """Return the tallies of a plan without visits."""
    shape = len(w.kind), len(w.near)
    return Tallies(np.zeros_like(w.needed), np.zeros_like(w.most), np.zeros(shape, dtype=np.bool_))


@compiled_part
def count_visit(w: Weeks, c: Tallies, s: int, place: int, step: int) -> None:
    """Count a visit; with a step of -1, one that is no more."""
    c.visited[s, place] = step > 0
    at = s * (w.gap.shape[1] - 1) + place
    for n in range(w.first_cover[at], w.first_cover[at + 1]):
        c.covered[w.cover[n]] += step
    for n in range(w.first_limit[at], w.first_limit[at + 1]):
        c.used[w.limit[n]] += step


@compiled_part
def is_free(w: Weeks, c: Tallies, place: int) -> bool:
    """Tell whether a place may be visited once more in some shift."""
    for s in range(w.kind.shape[0]):
        k = w.kind[s]
        is_offered = w.first_slot[k, place] < w.first_slot[k, place + 1]
        if is_offered and not c.visited[s, place] and is_within_limits(w, c, s, place):
            return True
    return False


@compiled_part
def is_within_limits(w: Weeks, c: Tallies, s: int, place: int) -> bool:
    """Tell whether the limits allow a visit more."""
    at = s * (w.gap.shape[1] - 1) + place
    is_allowed = True
    for n in range(w.first_limit[at], w.first_limit[at + 1]):
        is_allowed &= c.used[w.limit[n]] < w.most[w.limit[n]]
    return is_allowed


@compiled_part
def cover_gain(w: Weeks, c: Tallies, penalty: int, s: int, place: int) -> int:
    """Return what a visit more is worth for the covers."""
    gain = 0
    at = s * (w.gap.shape[1] - 1) + place
    for n in range(w.first_cover[at], w.first_cover[at + 1]):
        cover = w.cover[n]
        if c.covered[cover] < w.needed[cover]:
            if w.is_hard[cover]:
                gain += penalty
            elif c.covered[cover] + 1 == w.needed[cover]:
                gain += w.bonus[cover]
    return gain


@compiled_part
def has_alternative(w: Weeks, t: Tours, s: int) -> bool:
    """Tell whether an alternative of a shift is driven already."""
    for a in range(w.alternative_of.shape[0]):
        if w.alternative_of[a, s]:
            for other in range(w.kind.shape[0]):
                if other != s and w.alternative_of[a, other] and t.length[other]:
                    return True
    return False


@compiled_part
def is_within_budget(w: Weeks, t: Tours, s: int, detour: int) -> bool:
    """Tell whether a tour may take so much longer at the wheel."""
    for b in range(w.budget.shape[0]):
        if w.budget_of[b, s]:
            total = detour
            for other in range(w.kind.shape[0]):
                if w.budget_of[b, other]:
                    total += t.drive[other]
            if total > w.budget[b]:
                return False
    return True


@compiled_part
def plan_worth(w: Weeks, t: Tours, c: Tallies, penalty: int) -> int:
    """Return the value of a plan less a penalty for each visit that hard covers miss.

    `NOWHERE` if a tour cannot be driven, or a budget does not suffice.
    """
    # A stop that was taken out can make the drive longer.
    for b in range(w.budget.shape[0]):
        drive = 0
        for s in range(w.kind.shape[0]):
            if w.budget_of[b, s]:
                drive += t.drive[s]
        if drive > w.budget[b]:
            return NOWHERE
    worth = 0
    for s in range(w.kind.shape[0]):
        if t.value[s] == NOWHERE:
            return NOWHERE
        worth += t.value[s]
    for cover in range(w.needed.shape[0]):
        if w.is_hard[cover]:
            worth -= penalty * max(0, w.needed[cover] - c.covered[cover])
        elif c.covered[cover] >= w.needed[cover]:
            worth += w.bonus[cover]
    return worth
