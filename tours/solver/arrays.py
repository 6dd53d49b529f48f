"""The problem of one shift as arrays that compiled code can walk through."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tours.problem import Option, Problem
from tours.schedule import drive_costs, return_gaps, start_gaps

Ints = NDArray[np.int64]
# Completion bounds are tabulated in steps of this many seconds, or finer where halts are.
STEP_S = 300


@dataclass(frozen=True, eq=False)
class ShiftArrays:
    """One shift: n candidates at positions 0 to n - 1, the depot at position n.

    Attributes
    ----------
    places : tuple of str
        Per position, without the depot.
    start_s, end_s, step_s : int
    gap : ndarray of int64, shape (n + 1, n + 1)
        Least time from a departure to the next start; to the depot: to the shift's end.
    cost : ndarray of int64, shape (n + 1, n + 1)
        Cost of the drive, hundredths of a contact.
    first_start : ndarray of int64, shape (n + 1,)
        Where each candidate's starts begin in `start`.
    start : ndarray of int64
        Starts of all candidates, rising within each.
    first_way : ndarray of int64
        Per start, where its ways begin in `way_end`; one more than starts.
    way_start, way_end, way_prize : ndarray of int64
        Ways to visit from this start on: none ends later and earns less than another.
    """

    places: tuple[str, ...]
    start_s: int
    end_s: int
    step_s: int
    gap: Ints
    cost: Ints
    first_start: Ints
    start: Ints
    first_way: Ints
    way_start: Ints
    way_end: Ints
    way_prize: Ints

    @property
    def key(self) -> tuple[object, ...]:
        """The same for shifts that differ in nothing but their date."""
        arrays = (self.gap, self.cost, self.first_start, self.start, self.first_way)
        ways = (self.way_start, self.way_end, self.way_prize)
        times = (self.start_s, self.end_s, self.step_s)
        return self.places, times, *(array.tobytes() for array in (*arrays, *ways))

    @property
    def num_places(self) -> int:
        """Number of candidates."""
        return len(self.places)


def _ways(options: tuple[Option, ...]) -> tuple[list[int], list[list[Option]]]:
    """Return the starts, rising, and for each the undominated options from then on."""
    starts = sorted({option.start_s for option in options})
    ways: list[list[Option]] = []
    kept: list[Option] = []
    for start in reversed(starts):
        pool = kept + [option for option in options if option.start_s == start]
        # By end; the more valuable first, then the earlier start.
        pool.sort(key=lambda o: (o.start_s + o.dwell_s, -o.prize, o.start_s))
        kept = []
        for option in pool:
            if not kept or option.prize > kept[-1].prize:
                kept.append(option)
        ways.append(list(kept))
    return starts, ways[::-1]


def shift_arrays(problem: Problem) -> tuple[ShiftArrays, ...]:
    """Return the arrays of each shift, candidates in the order of their ids."""
    gaps, backs, costs = start_gaps(problem), return_gaps(problem), drive_costs(problem)
    result: list[ShiftArrays] = []
    for number, shift in enumerate(problem.shifts):
        offered = sorted(
            (c for c in problem.candidates if c.shift == number), key=lambda c: c.place
        )
        depot = problem.travel.index(shift.depot)
        index = [problem.travel.index(c.place) for c in offered] + [depot]
        gap = gaps[np.ix_(index, index)].copy()
        gap[:, -1] = backs[index, depot]
        first_start, first_way = [0], [0]
        start: list[int] = []
        flat: list[Option] = []
        for candidate in offered:
            starts, ways = _ways(candidate.options)
            start.extend(starts)
            first_start.append(len(start))
            for some in ways:
                flat.extend(some)
                first_way.append(len(flat))
        step = min([STEP_S, *(option.dwell_s for option in flat)])
        result.append(
            ShiftArrays(
                places=tuple(c.place for c in offered),
                start_s=shift.start_s,
                end_s=shift.end_s,
                step_s=max(1, step),
                gap=np.ascontiguousarray(gap),
                cost=np.ascontiguousarray(costs[np.ix_(index, index)]),
                first_start=np.array(first_start, dtype=np.int64),
                start=np.array(start, dtype=np.int64),
                first_way=np.array(first_way, dtype=np.int64),
                way_start=np.array([o.start_s for o in flat], dtype=np.int64),
                way_end=np.array([o.start_s + o.dwell_s for o in flat], dtype=np.int64),
                way_prize=np.array([o.prize for o in flat], dtype=np.int64),
            )
        )
    return tuple(result)
