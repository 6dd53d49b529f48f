"""The problem of one shift as arrays that compiled code can walk through."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tours.problem import Candidate, Option, Problem, Rest, Shift
from tours.schedule import Halt, drive_costs, return_gaps, start_gaps

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Words = NDArray[np.uint64]
# Tables over time have at most about this many steps. Where every departure lies on a grid,
# the step is that grid, and the tables are exact.
STEPS = 250
FINEST_GRID = 400
LATEST = 2**40


class Way(NamedTuple):
    """One way to visit a place: for those who are ready in time, a departure and a prize.

    Attributes
    ----------
    until_s : int
        The bus is ready by then.
    length_s, fixed_s : int
        It leaves this long after it was ready, but not before the fixed time.
    prize : int
    rests : bool
        Whether the crew takes its break here.
    dwell_s : int
        Time on site that counts for covers in minutes; 0 where there is none.
    option : int
        Position in the candidate's options.
    """

    until_s: int
    length_s: int
    fixed_s: int
    prize: int
    rests: bool
    dwell_s: int
    option: int

    def leaves(self, ready_s: int) -> int:
        """Return the departure of a bus that is ready then."""
        return max(ready_s + self.length_s, self.fixed_s)

    def beats(self, other: Way, since_s: int, until_s: int) -> bool:
        """Tell whether this way is as good as another for all who are ready in between."""
        if (
            self.prize < other.prize
            or self.rests < other.rests
            or self.dwell_s < other.dwell_s
            or self.fixed_s > other.leaves(since_s)
        ):
            return False
        return self.length_s <= other.length_s or until_s + self.length_s <= other.fixed_s


@dataclass(frozen=True, eq=False)
class ShiftArrays:
    """One shift: n candidates at positions 0 to n - 1, the depot at position n.

    Attributes
    ----------
    places : tuple of str
        Per position, without the depot.
    start_s, end_s, step_s : int
    rest_s : int
        Whoever is back later must have rested.
    gap : ndarray of int64, shape (n + 1, n + 1)
        Least time from a departure to the next start; to the depot: to the shift's end.
    cost : ndarray of int64, shape (n + 1, n + 1)
        Cost of the drive, hundredths of a contact.
    drive : ndarray of int64, shape (n + 1, n + 1)
        Seconds at the wheel.
    first_slot : ndarray of int64, shape (n + 1,)
        Where each candidate's slots begin in `slot`.
    slot : ndarray of int64
        Times by which one must be ready to choose among the slot's ways, rising per place.
    first_way : ndarray of int64
        Per slot, where its ways begin; one more than slots.
    way_length, way_fixed : ndarray of int64
        A bus that is ready at t leaves at max(t + length, fixed).
    way_prize, way_rests, way_dwell : ndarray of int64
        None of a slot's ways leaves later and earns less than another.
    way_option : ndarray of int64
        Position in the candidate's options.
    after : ndarray of bool, shape (n, n)
        Whether the second place has to come after the first where a tour visits both.
    options : tuple of tuple of Option
        Per position.
    """

    places: tuple[str, ...]
    start_s: int
    end_s: int
    step_s: int
    rest_s: int
    gap: Ints
    cost: Ints
    drive: Ints
    first_slot: Ints
    slot: Ints
    first_way: Ints
    way_length: Ints
    way_fixed: Ints
    way_prize: Ints
    way_rests: Ints
    way_dwell: Ints
    way_option: Ints
    after: Flags
    options: tuple[tuple[Option, ...], ...]

    @property
    def key(self) -> tuple[object, ...]:
        """The same for shifts that differ in nothing but their date."""
        times = self.start_s, self.end_s, self.step_s, self.rest_s
        return self.places, times, *(a.tobytes() for a in (*self.matrices, *self.ways))

    @property
    def matrices(self) -> tuple[NDArray[np.int64 | np.bool_], ...]:
        """Everything between two places."""
        return self.gap, self.cost, self.drive, self.after

    @property
    def ways(self) -> tuple[Ints, ...]:
        """Everything about visits."""
        slots = self.first_slot, self.slot, self.first_way
        ends = self.way_length, self.way_fixed
        return *slots, *ends, self.way_prize, self.way_rests, self.way_dwell

    @property
    def num_places(self) -> int:
        """Number of candidates."""
        return len(self.places)

    def halt(self, position: int, way: int, ready_s: int) -> Halt:
        """Return the halt of a bus that is ready then."""
        option = self.options[position][self.way_option[way]]
        start = max(ready_s, option.start_s)
        leaves = max(ready_s + int(self.way_length[way]), int(self.way_fixed[way]))
        rest = leaves - start - option.dwell_s if self.way_rests[way] else 0
        return Halt(self.places[position], start, option.dwell_s, rest)


def _raw_ways(options: Sequence[Option], rest: Rest | None, counts_dwell: bool) -> list[Way]:
    ways: list[Way] = []
    for number, option in enumerate(options):
        until = option.start_s + option.slack_s
        end = option.start_s + option.dwell_s
        dwell = option.dwell_s if counts_dwell else 0
        ways.append(Way(until, option.dwell_s, end, option.prize, False, dwell, number))
        if rest is not None and end <= rest.latest_s:
            ways.append(
                Way(
                    min(until, rest.latest_s - option.dwell_s),
                    option.dwell_s + rest.length_s,
                    max(end, rest.earliest_s) + rest.length_s,
                    option.prize,
                    True,
                    dwell,
                    number,
                )
            )
    return ways


def _slots(ways: Sequence[Way], since_s: int) -> list[tuple[int, list[Way]]]:
    """Return the times by which to be ready, rising, each with the ways that are worth it."""
    found: list[tuple[int, list[Way]]] = []
    untils = sorted({way.until_s for way in ways})
    by_until: dict[int, list[Way]] = {}
    for way in ways:
        by_until.setdefault(way.until_s, []).append(way)
    kept: list[Way] = []
    for number in range(len(untils) - 1, -1, -1):
        until = untils[number]
        since = untils[number - 1] + 1 if number else min(since_s, until)
        pool = sorted(
            [*kept, *by_until[until]],
            key=lambda way, since=since: (way.leaves(since), -way.prize, way.option),  # type: ignore[misc]  # bound early
        )
        good: list[Way] = []
        for way in pool:
            if not any(other.beats(way, since, until) for other in good):
                good.append(way)
        found.append((until, good))
        # A way that always leaves at the same time is beaten for good once it is beaten by
        # another such way; other ways can be better for those who are ready earlier.
        is_fixed = all(way.fixed_s - way.length_s >= way.until_s for way in pool)
        kept = good if is_fixed else pool
    return found[::-1]


def _step(shift: Shift, gap: Ints, ways: Sequence[Sequence[Way]]) -> int:
    """Return the step of tables over time, seconds.

    No visit may begin and end within a step, or the tables could not be filled backwards.
    """
    length = shift.end_s - shift.start_s
    step = max(1, length // STEPS)
    if all(way.fixed_s - way.length_s >= way.until_s for some in ways for way in some):
        grid = math.gcd(*(way.fixed_s - shift.start_s for some in ways for way in some))
        if grid and length // grid <= FINEST_GRID:
            step = grid
    shortest = [min(way.length_s for way in some) for some in ways]
    n = len(ways)
    for j in range(n):
        others = np.delete(gap[:, j], j)
        step = min(step, int(others.min(initial=LATEST)) + shortest[j])
    return max(1, step)


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
        in_minutes = frozenset(
            place
            for cover in problem.covers
            if cover.dwell_s and (cover.shifts is None or number in cover.shifts)
            for place in cover.places
        )
        raw = [_raw_ways(c.options, shift.rest, c.place in in_minutes) for c in offered]
        result.append(
            ShiftArrays(
                places=tuple(c.place for c in offered),
                start_s=shift.start_s,
                end_s=shift.end_s,
                step_s=_step(shift, gap, raw),
                rest_s=shift.rest.latest_s if shift.rest else LATEST,
                gap=np.ascontiguousarray(gap),
                cost=np.ascontiguousarray(costs[np.ix_(index, index)]),
                drive=np.ascontiguousarray(problem.travel.seconds[np.ix_(index, index)]),
                after=_after(problem, number, offered),
                options=tuple(c.options for c in offered),
                **_flat(raw, shift.start_s),
            )
        )
    return tuple(result)


def _after(problem: Problem, number: int, offered: Sequence[Candidate]) -> Flags:
    position = {candidate.place: i for i, candidate in enumerate(offered)}
    after = np.zeros((len(offered), len(offered)), dtype=np.bool_)
    for order in problem.orders:
        if number in order.shifts:
            found = [position[place] for place in order.places if place in position]
            for k, first in enumerate(found):
                after[first, found[k + 1 :]] = True
    return after


def _flat(raw: Sequence[Sequence[Way]], since_s: int) -> dict[str, Ints]:
    first_slot, first_way = [0], [0]
    slot: list[int] = []
    flat: list[Way] = []
    for ways in raw:
        for until, good in _slots(ways, since_s):
            slot.append(until)
            flat.extend(good)
            first_way.append(len(flat))
        first_slot.append(len(slot))
    columns = {
        "way_length": [way.length_s for way in flat],
        "way_fixed": [way.fixed_s for way in flat],
        "way_prize": [way.prize for way in flat],
        "way_rests": [int(way.rests) for way in flat],
        "way_dwell": [way.dwell_s for way in flat],
        "way_option": [way.option for way in flat],
    }
    slots = {"first_slot": first_slot, "slot": slot, "first_way": first_way}
    return {name: np.array(v, dtype=np.int64) for name, v in {**slots, **columns}.items()}
