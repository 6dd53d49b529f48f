"""What the visits of a plan count for: covers, limits, budgets, alternatives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tours.solver.arrays import Flags, Ints
from tours.solver.compilation import compiled_part
from tours.solver.field import Field
from tours.solver.profiles import NOWHERE
from tours.solver.terms import Terms


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


def no_visits(terms: Terms, num_shifts: int, num_places: int) -> Tallies:
    """Return the tallies of a plan without visits."""
    return Tallies(
        np.zeros_like(terms.needed),
        np.zeros_like(terms.most),
        np.zeros((num_shifts, num_places), dtype=np.bool_),
    )


@compiled_part
def count_visit(terms: Terms, c: Tallies, s: int, place: int, step: int) -> None:
    """Count a visit; with a step of -1, one that is no more."""
    c.visited[s, place] = step > 0
    at = s * c.visited.shape[1] + place
    for n in range(terms.first_cover[at], terms.first_cover[at + 1]):
        c.covered[terms.cover[n]] += step
    for n in range(terms.first_limit[at], terms.first_limit[at + 1]):
        c.used[terms.limit[n]] += step


@compiled_part
def is_free(f: Field, terms: Terms, c: Tallies, place: int) -> bool:
    """Tell whether a place may be visited once more in some shift."""
    for s in range(f.kind.shape[0]):
        k = f.kind[s]
        is_offered = f.first_slot[k, place] < f.first_slot[k, place + 1]
        if is_offered and not c.visited[s, place] and is_within_limits(terms, c, s, place):
            return True
    return False


@compiled_part
def is_within_limits(terms: Terms, c: Tallies, s: int, place: int) -> bool:
    """Tell whether the limits allow a visit more."""
    at = s * c.visited.shape[1] + place
    is_allowed = True
    for n in range(terms.first_limit[at], terms.first_limit[at + 1]):
        is_allowed &= c.used[terms.limit[n]] < terms.most[terms.limit[n]]
    return is_allowed


@compiled_part
def cover_gain(terms: Terms, c: Tallies, penalty: int, s: int, place: int) -> int:
    """Return what a visit more is worth for the covers."""
    gain = 0
    at = s * c.visited.shape[1] + place
    for n in range(terms.first_cover[at], terms.first_cover[at + 1]):
        cover = terms.cover[n]
        if c.covered[cover] < terms.needed[cover]:
            if terms.is_hard[cover]:
                gain += penalty
            elif c.covered[cover] + 1 == terms.needed[cover]:
                gain += terms.bonus[cover]
    return gain


@compiled_part
def has_alternative(terms: Terms, length: Ints, s: int) -> bool:
    """Tell whether an alternative of a shift is driven already."""
    for a in range(terms.alternative_of.shape[0]):
        if terms.alternative_of[a, s]:
            for other in range(length.shape[0]):
                if other != s and terms.alternative_of[a, other] and length[other]:
                    return True
    return False


@compiled_part
def is_within_budget(terms: Terms, drive: Ints, s: int, detour: int) -> bool:
    """Tell whether a tour may take so much longer at the wheel."""
    for b in range(terms.budget.shape[0]):
        if terms.budget_of[b, s]:
            total = detour
            for other in range(drive.shape[0]):
                if terms.budget_of[b, other]:
                    total += drive[other]
            if total > terms.budget[b]:
                return False
    return True


@compiled_part
def plan_worth(terms: Terms, c: Tallies, value: Ints, drive: Ints, penalty: int) -> int:
    """Return the value of a plan less a penalty for each visit that hard covers miss.

    `NOWHERE` if a tour cannot be driven, or a budget does not suffice.
    """
    # A stop that was taken out can make the drive longer.
    for b in range(terms.budget.shape[0]):
        total = 0
        for s in range(drive.shape[0]):
            if terms.budget_of[b, s]:
                total += drive[s]
        if total > terms.budget[b]:
            return NOWHERE
    worth = 0
    for s in range(value.shape[0]):
        if value[s] == NOWHERE:
            return NOWHERE
        worth += value[s]
    for cover in range(terms.needed.shape[0]):
        if terms.is_hard[cover]:
            worth -= penalty * max(0, terms.needed[cover] - c.covered[cover])
        elif c.covered[cover] >= terms.needed[cover]:
            worth += terms.bonus[cover]
    return worth
