"""Which of several tours of equal worth is driven: a rule, so that nothing is left to chance.

Two tours of the same places can be worth the same, one the other way round of the other. The one
with less time at the wheel is driven; then the one whose stops start earlier, the first stop
first; then the one whose places come first by their ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from tours.solver.arrays import ShiftArrays
from tours.solver.columns import Column, driven_column

# All orders of so many places are tried; of more there are too many.
MOST_STOPS = 6
Path = tuple[tuple[int, int], ...]


def settled(column: Column, shift: ShiftArrays) -> Column:
    """Return the tour that the rule prefers, of all that visit the same places and earn as much.

    Parameters
    ----------
    column : Column
    shift : ShiftArrays
        Of the tour; without a break.
    """
    if not 2 <= len(column.halts) <= MOST_STOPS or _has_break(shift):
        return column
    where = {place: position for position, place in enumerate(shift.places)}
    # The same time at each place, so that what counts minutes counts the same.
    dwells = {where[halt.place]: halt.dwell_s for halt in column.halts}
    others = (
        driven_column(column.shift, shift, path) for path in _paths(shift, dwells, column.drive_s)
    )
    return min([column, *(other for other in others if other.value == column.value)], key=_rank)


def _rank(column: Column) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    return column.drive_s, tuple(halt.start_s for halt in column.halts), column.order


def _has_break(shift: ShiftArrays) -> bool:
    return bool(shift.way_rests.any())


def _paths(shift: ShiftArrays, dwells: Mapping[int, int], most_drive_s: int) -> list[Path]:
    """Return the ways to stay so long at places, in any order, with no more driving than that."""
    depot = shift.num_places
    found: list[Path] = []

    def extend(path: Path, left: frozenset[int], leave: int) -> None:
        at = path[-1][0] if path else depot
        if not left and leave + int(shift.gap[at, depot]) <= shift.end_s:
            found.append(path)
        for place in sorted(left):
            if any(shift.after[place, other] for other, _way in path):
                continue
            ready = leave + int(shift.gap[at, place])
            for way in _ways(shift, place, ready):
                if shift.options[place][shift.way_option[way]].dwell_s == dwells[place]:
                    then = max(ready + int(shift.way_length[way]), int(shift.way_fixed[way]))
                    extend((*path, (place, way)), left - {place}, then)

    extend((), frozenset(dwells), shift.start_s)
    return [path for path in found if _drive_s(shift, path) <= most_drive_s]


def _ways(shift: ShiftArrays, place: int, ready_s: int) -> range:
    low, high = int(shift.first_slot[place]), int(shift.first_slot[place + 1])
    at = low + int(np.searchsorted(shift.slot[low:high], ready_s))
    if at == high:
        return range(0)
    return range(int(shift.first_way[at]), int(shift.first_way[at + 1]))


def _drive_s(shift: ShiftArrays, path: Path) -> int:
    stops = (shift.num_places, *(place for place, _way in path), shift.num_places)
    return sum(int(shift.drive[a, b]) for a, b in pairwise(stops))
