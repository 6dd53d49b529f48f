"""Completion bounds: the most that the rest of a tour can earn, values as floats."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tours.solver.arrays import Flags, Ints, ShiftArrays
from tours.solver.compilation import compiled, compiled_part

Floats = NDArray[np.float64]
NOWHERE = -np.inf
UNKNOWN = -2


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


class _Slots(NamedTuple):
    """What is known of each slot while the bounds are filled in.

    Where all ways of a slot leave at fixed times, what it is worth does not depend on who comes.

    Attributes
    ----------
    is_fixed : ndarray of bool
        Whether they do.
    worth : ndarray of float64
        Then the most that can be earned from there on.
    follower : ndarray of int64
        The place that follows then; -1 for none, `UNKNOWN` where nothing is known yet.
    otherwise : ndarray of float64
        The most with another place that follows.
    of_drive : ndarray of int64, shape (n + 1, n)
        The slot of each drive; it only moves down as departures get earlier.
    """

    is_fixed: Flags
    worth: Floats
    follower: Ints
    otherwise: Floats
    of_drive: Ints


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
def _fill(
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
    slots: _Slots,
    bounds: Bounds,
) -> None:
    """Fill in the bounds."""
    best, best_next, second = bounds.best, bounds.best_next, bounds.second
    is_fixed, worth, follower, otherwise, at_slot = slots
    n, steps = best.shape[0] - 1, best.shape[1]
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
                    if follower[at] == UNKNOWN:
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
    n, num_slots = shift.num_places, len(shift.slot)
    shape = n + 1, (shift.end_s - shift.start_s) // shift.step_s + 1
    bounds = Bounds(np.full(shape, NOWHERE), np.full(shape, -1), np.full(shape, NOWHERE))
    slot_of_way = np.repeat(np.arange(num_slots), np.diff(shift.first_way))
    is_late = shift.slot[slot_of_way] + shift.way_length > shift.way_fixed
    _fill(
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
        _Slots(
            is_fixed=np.bincount(slot_of_way[is_late], minlength=num_slots) == 0,
            worth=np.full(num_slots, NOWHERE),
            follower=np.full(num_slots, UNKNOWN),
            otherwise=np.full(num_slots, NOWHERE),
            of_drive=np.tile(shift.first_slot[1:], (n + 1, 1)),
        ),
        bounds,
    )
    return bounds
