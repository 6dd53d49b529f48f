"""Where and when places can be visited in all shifts, as the search for plans walks through it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tours.problem import Problem
from tours.solver.arrays import Flags, Ints, ShiftArrays


class Field(NamedTuple):
    """What tours move in: P places, S shifts of K kinds; the depot is the last place.

    Attributes
    ----------
    kind : ndarray of int64, shape (S,)
    start, end : ndarray of int64, shape (K,)
    gap, cost, drive : ndarray of int64, shape (K, P + 1, P + 1)
    after : ndarray of bool, shape (K, P, P) or (0, 0, 0)
    first_slot : ndarray of int64, shape (K, P + 1)
    slot, first_way, way_length, way_fixed, way_prize : ndarray of int64
        See `ShiftArrays`.
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
    near: Ints


def build_field(problem: Problem, shifts: Sequence[ShiftArrays], places: Sequence[str]) -> Field:
    """Return the field of a problem; its places in this order."""
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
    index = [problem.travel.index(place) for place in places]
    distance = problem.travel.seconds[np.ix_(index, index)]
    return Field(
        kind=np.array(kind, dtype=np.int64),
        start=np.array([shift.start_s for shift in each], dtype=np.int64),
        end=np.array([shift.end_s for shift in each], dtype=np.int64),
        gap=gap,
        cost=cost,
        drive=drive,
        after=after,
        first_slot=first_slot,
        slot=np.array(slot, dtype=np.int64),
        first_way=np.array(first_way, dtype=np.int64),
        way_length=np.array(ways[0], dtype=np.int64),
        way_fixed=np.array(ways[1], dtype=np.int64),
        way_prize=np.array(ways[2], dtype=np.int64),
        near=np.argsort(distance, axis=1, kind="stable").astype(np.int64),
    )
