"""Completion bounds: the most that the rest of a tour can earn, values as floats."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tours.solver.arrays import Ints, ShiftArrays
from tours.solver.compilation import compiled, compiled_part

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


@compiled_part
def first_at_or_after(slot: Ints, low: int, high: int, time: int) -> int:
    """Return the position of the first slot at or after a time, by halving; high for none."""
    while low < high:
        middle = (low + high) // 2
        if slot[middle] < time:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _completion_bounds(
    start_s: int,
    end_s: int,
    step_s: int,
    gap: Ints,
    reward: Floats,
    first_slot: Ints,
    slot: Ints,
    first_way: Ints,
    way_length: Ints,
    way_fixed: Ints,
    way_gain: Floats,
) -> tuple[Floats, Ints, Floats]:
    n = gap.shape[0] - 1
    steps = (end_s - start_s) // step_s + 1
    best = np.full((n + 1, steps), NOWHERE)
    best_next = np.full((n + 1, steps), -1, dtype=np.int64)
    second = np.full((n + 1, steps), NOWHERE)
    # Where all ways of a slot leave at fixed times, what it is worth does not depend on who
    # comes: the most, the place that follows then, and the most with another one.
    slots = slot.shape[0]
    worth = np.full(slots, NOWHERE)
    follower = np.full(slots, -2, dtype=np.int64)
    otherwise = np.full(slots, NOWHERE)
    is_fixed = np.ones(slots, dtype=np.bool_)
    for s in range(slots):
        for way in range(first_way[s], first_way[s + 1]):
            is_fixed[s] &= slot[s] + way_length[way] <= way_fixed[way]
    # The slot of each drive; it only moves down as departures get earlier.
    at_slot = np.empty((n + 1, n), dtype=np.int64)
    for i in range(n + 1):
        for j in range(n):
            at_slot[i, j] = first_slot[j + 1]
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
                ready = time + gap[i, j]
                at = at_slot[i, j]
                while at > first_slot[j] and slot[at - 1] >= ready:
                    at -= 1
                at_slot[i, j] = at
                if at == first_slot[j + 1]:
                    continue
                if is_fixed[at]:
                    if follower[at] == -2:
                        follower[at] = -1
                        for way in range(first_way[at], first_way[at + 1]):
                            later = (way_fixed[way] - start_s) // step_s
                            if later < steps and way_gain[way] + best[j, later] > worth[at]:
                                worth[at] = way_gain[way] + best[j, later]
                                follower[at] = best_next[j, later]
                        for way in range(first_way[at], first_way[at + 1]):
                            later = (way_fixed[way] - start_s) // step_s
                            if later >= steps:
                                continue
                            is_other = best_next[j, later] != follower[at]
                            rest = best[j, later] if is_other else second[j, later]
                            otherwise[at] = max(otherwise[at], way_gain[way] + rest)
                    value = worth[at] if follower[at] != i else otherwise[at]
                else:
                    value = NOWHERE
                    for way in range(first_way[at], first_way[at + 1]):
                        leave = max(ready + way_length[way], way_fixed[way])
                        later = (leave - start_s) // step_s
                        if later >= steps:
                            continue
                        rest = best[j, later] if best_next[j, later] != i else second[j, later]
                        value = max(value, way_gain[way] + rest)
                value += reward[i, j]
                if value > top:
                    top, top_next, other = value, j, top
                elif value > other:
                    other = value
            best[i, step], best_next[i, step], second[i, step] = top, top_next, other
    return best, best_next, second


def completion_bounds(shift: ShiftArrays, reward: Floats, way_gain: Floats) -> Bounds:
    """Bound what the rest of a tour can earn from each place and time.

    The rest may visit places again, but not go straight back to where it just came from.

    Parameters
    ----------
    shift : ShiftArrays
    reward : ndarray of float64, shape (n + 1, n + 1)
        Duals less costs that the drive from row to column earns, hundredths of a contact; a
        cover pays wherever it is entered from outside.
    way_gain : ndarray of float64
        What each way earns: its prize, and what its minutes are worth.
    """
    return Bounds(
        *_completion_bounds(
            shift.start_s,
            shift.end_s,
            shift.step_s,
            shift.gap,
            reward,
            shift.first_slot,
            shift.slot,
            shift.first_way,
            shift.way_length,
            shift.way_fixed,
            way_gain,
        )
    )
