"""The problem of all shifts as arrays, as the search for plans walks through them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tours.problem import Problem
from tours.solver.arrays import Ints, ShiftArrays

Flags = NDArray[np.bool_]


class Weeks(NamedTuple):
    """A problem as the search sees it: P places, S shifts of K kinds.

    Attributes
    ----------
    kind : ndarray of int64, shape (S,)
    start, end : ndarray of int64, shape (K,)
    gap, cost, drive : ndarray of int64, shape (K, P + 1, P + 1)
    after : ndarray of bool, shape (K, P, P) or (0, 0, 0)
    first_slot : ndarray of int64, shape (K, P + 1)
    slot, first_way, way_length, way_fixed, way_prize : ndarray of int64
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
    near : ndarray of int64, shape (P, P)
        Places by distance.
    """

    kind: Ints
    start: Ints
    end: Ints
    gap: Ints
    cost: Ints
    drive: Ints
    after: Flags
    first_slot: Ints
    slot: Ints
    first_way: Ints
    way_length: Ints
    way_fixed: Ints
    way_prize: Ints
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
    near: Ints


def week_arrays(problem: Problem, shifts: Sequence[ShiftArrays], places: Sequence[str]) -> Weeks:
    """Return the arrays of a problem; its places in this order."""
    where = {place: i for i, place in enumerate(places)}
    p = len(places)
    kinds: dict[tuple[object, ...], int] = {}
    kind = [kinds.setdefault(shift.key, len(kinds)) for shift in shifts]
    each = [shifts[kind.index(k)] for k in range(len(kinds))]
    gap = np.zeros((len(each), p + 1, p + 1), dtype=np.int64)
    cost, drive = gap.copy(), gap.copy()
    has_orders = any(shift.after.any() for shift in each)
    after = np.zeros((len(each), p, p) if has_orders else (0, 0, 0), dtype=np.bool_)
    first_slot = np.zeros((len(each), p + 1), dtype=np.int64)
    slot: list[int] = []
    first_way = [0]
    ways: list[list[int]] = [[], [], []]
    for k, shift in enumerate(each):
        index = [where[place] for place in shift.places]
        to = np.ix_([*index, p], [*index, p])
        gap[k][to], cost[k][to], drive[k][to] = shift.gap, shift.cost, shift.drive
        if has_orders:
            after[k][np.ix_(index, index)] = shift.after
        local = {place: i for i, place in enumerate(shift.places)}
        for i, place in enumerate(places):
            first_slot[k, i] = len(slot)
            if place not in local:
                continue
            j = local[place]
            for at in range(int(shift.first_slot[j]), int(shift.first_slot[j + 1])):
                slot.append(int(shift.slot[at]))
                part = slice(int(shift.first_way[at]), int(shift.first_way[at + 1]))
                for column, values in zip(
                    ways, (shift.way_length, shift.way_fixed, shift.way_prize), strict=True
                ):
                    column.extend(values[part].tolist())
                first_way.append(len(ways[0]))
        first_slot[k, p] = len(slot)
    pairs = [(s, place) for s in range(len(shifts)) for place in places]
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
    index = [problem.travel.index(place) for place in places]
    distance = problem.travel.seconds[np.ix_(index, index)]
    of_covers, of_limits = _ragged(covers), _ragged(limits)
    return Weeks(
        np.array(kind, dtype=np.int64),
        np.array([shift.start_s for shift in each], dtype=np.int64),
        np.array([shift.end_s for shift in each], dtype=np.int64),
        gap,
        cost,
        drive,
        after,
        first_slot,
        np.array(slot, dtype=np.int64),
        np.array(first_way, dtype=np.int64),
        np.array(ways[0], dtype=np.int64),
        np.array(ways[1], dtype=np.int64),
        np.array(ways[2], dtype=np.int64),
        *of_covers,
        np.array([0 if c.dwell_s else c.at_least for c in problem.covers], dtype=np.int64),
        np.array([c.bonus or 0 for c in problem.covers], dtype=np.int64),
        np.array([c.bonus is None for c in problem.covers], dtype=np.bool_),
        *of_limits,
        np.array([limit.at_most for limit in problem.limits], dtype=np.int64),
        np.array(
            [[s in budget.shifts for s in range(len(shifts))] for budget in problem.budgets],
            dtype=np.bool_,
        ).reshape(len(problem.budgets), len(shifts)),
        np.array([budget.drive_s for budget in problem.budgets], dtype=np.int64),
        np.array(
            [[s in some for s in range(len(shifts))] for some in problem.alternatives],
            dtype=np.bool_,
        ).reshape(len(problem.alternatives), len(shifts)),
        np.argsort(distance, axis=1, kind="stable").astype(np.int64),
    )


def _ragged(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    first = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    return first, np.array([value for row in rows for value in row], dtype=np.int64)
