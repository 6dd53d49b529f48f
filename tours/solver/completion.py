"""Completion bounds: the most that the rest of a tour can earn, values as floats."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tours.solver.arrays import Ints, ShiftArrays

Floats = NDArray[np.float64]
NOWHERE = -np.inf


class Bounds(NamedTuple):
    """Most that the rest of a tour can earn, by place and departure.

    Attributes
    ----------
    best : ndarray of float64, shape (n + 1, steps)
        From a place, departing at or after the step's time.
    best_next : ndarray of int64, shape (n + 1, steps)
        The next place of that rest; -1 where the bus returns at once.
    second : ndarray of float64, shape (n + 1, steps)
        The most with another next place.
    """

    best: Floats
    best_next: Ints
    second: Floats


@njit(cache=True)
def first_at_or_after(start: Ints, low: int, high: int, time: int) -> int:
    """Return the position of the first start at or after a time, by halving; high for none."""
    while low < high:
        middle = (low + high) // 2
        if start[middle] < time:
            low = middle + 1
        else:
            high = middle
    return low


@njit(cache=True)
def _completion_bounds(
    start_s: int,
    end_s: int,
    step_s: int,
    gap: Ints,
    reward: Floats,
    first_start: Ints,
    start: Ints,
    first_way: Ints,
    way_end: Ints,
    way_prize: Ints,
) -> tuple[Floats, Ints, Floats]:
    n = gap.shape[0] - 1
    steps = (end_s - start_s) // step_s + 1
    best = np.full((n + 1, steps), NOWHERE)
    best_next = np.full((n + 1, steps), -1, dtype=np.int64)
    second = np.full((n + 1, steps), NOWHERE)
    for step in range(steps - 1, -1, -1):
        time = start_s + step * step_s
        for i in range(n + 1):
            if i == n and step > 0:
                continue
            top, top_next, other = NOWHERE, -1, NOWHERE
            if i < n and time + gap[i, n] <= end_s:
                top = reward[i, n]
            for j in range(n):
                if j == i:
                    continue
                at = first_at_or_after(start, first_start[j], first_start[j + 1], time + gap[i, j])
                if at == first_start[j + 1]:
                    continue
                value = NOWHERE
                for way in range(first_way[at], first_way[at + 1]):
                    later = (way_end[way] - start_s) // step_s
                    if later >= steps:
                        break
                    rest = best[j, later] if best_next[j, later] != i else second[j, later]
                    value = max(value, way_prize[way] + rest)
                value += reward[i, j]
                if value > top:
                    top, top_next, other = value, j, top
                elif value > other:
                    other = value
            best[i, step], best_next[i, step], second[i, step] = top, top_next, other
    return best, best_next, second


def completion_bounds(shift: ShiftArrays, reward: Floats) -> Bounds:
    """Bound what the rest of a tour can earn from each place and time.

    The rest may visit places again, but not go straight back to where it just came from.

    Parameters
    ----------
    shift : ShiftArrays
    reward : ndarray of float64, shape (n + 1, n + 1)
        Duals less costs that the drive from row to column earns, hundredths of a contact; a
        cover pays wherever it is entered from outside.
    """
    return Bounds(
        *_completion_bounds(
            shift.start_s,
            shift.end_s,
            shift.step_s,
            shift.gap,
            reward,
            shift.first_start,
            shift.start,
            shift.first_way,
            shift.way_end,
            shift.way_prize,
        )
    )
