"""The times of a tour whose order of places is given."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tours.solver.arrays import ShiftArrays
from tours.solver.columns import Column, driven_column


def best_tour(number: int, shift: ShiftArrays, order: Sequence[str]) -> Column:
    """Return the tour of these places in this order with the best starts and dwells.

    Raises
    ------
    ValueError
        If there is none.
    """
    where = {place: i for i, place in enumerate(shift.places)}
    # Departure, earned, and the ways so far: rising, and each worth more than the ones before.
    fronts: list[tuple[int, int, tuple[tuple[int, int], ...]]] = [(shift.start_s, 0, ())]
    before = shift.num_places
    for place in order:
        j = where[place]
        found: list[tuple[int, int, tuple[tuple[int, int], ...]]] = []
        for leave, earned, path in fronts:
            ready = leave + int(shift.gap[before, j])
            low, high = int(shift.first_slot[j]), int(shift.first_slot[j + 1])
            at = low + int(np.searchsorted(shift.slot[low:high], ready))
            if at == high:
                continue
            for way in range(int(shift.first_way[at]), int(shift.first_way[at + 1])):
                later = max(ready + int(shift.way_length[way]), int(shift.way_fixed[way]))
                found.append((later, earned + int(shift.way_prize[way]), (*path, (j, way))))
        found.sort(key=lambda front: (front[0], -front[1]))
        fronts = []
        for front in found:
            if not fronts or front[1] > fronts[-1][1]:
                fronts.append(front)
        before = j
    home = [front for front in fronts if front[0] + int(shift.gap[before, -1]) <= shift.end_s]
    if not home:
        raise ValueError(f"order must be one that can be driven, got {tuple(order)}")
    return driven_column(number, shift, home[-1][2])
