"""Columns: tours of one shift as the master problem sees them, values in hundredths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tours.problem import Cover, Problem
from tours.schedule import Halt
from tours.solver.arrays import ShiftArrays
from tours.solver.labels import Labels


@dataclass(frozen=True, slots=True)
class Column:
    """A tour of one shift.

    Attributes
    ----------
    shift : int
        The first of the shifts that are alike; the tour can be driven in any of them.
    halts : tuple of Halt
        In the order of the tour; a relaxed tour may hold a place twice.
    value : int
        Prizes less drive costs.
    drive_s : int
        Seconds at the wheel.
    """

    shift: int
    halts: tuple[Halt, ...]
    value: int
    drive_s: int

    @property
    def places(self) -> frozenset[str]:
        """The places visited."""
        return frozenset(halt.place for halt in self.halts)

    @property
    def order(self) -> tuple[str, ...]:
        """The places in the order of the tour."""
        return tuple(halt.place for halt in self.halts)


def traced_column(number: int, shift: ShiftArrays, labels: Labels, label: int) -> Column:
    """Return the tour that a label stands for, closed by the way back to the depot."""
    path: list[tuple[int, int]] = []
    at = label
    while at >= 0:
        path.append((int(labels.place[at]), int(labels.way[at])))
        at = int(labels.parent[at])
    return driven_column(number, shift, path[::-1])


def driven_column(number: int, shift: ShiftArrays, path: Sequence[tuple[int, int]]) -> Column:
    """Return the tour of places and ways, each as early as it can be.

    Parameters
    ----------
    number : int
    shift : ShiftArrays
    path : sequence of (int, int)
        Positions of places, and the way each is visited.
    """
    halts: list[Halt] = []
    before, now, value, drive_s = shift.num_places, shift.start_s, 0, 0
    for position, way in path:
        halt = shift.halt(position, way, now + int(shift.gap[before, position]))
        halts.append(halt)
        value += int(shift.way_prize[way] - shift.cost[before, position])
        drive_s += int(shift.drive[before, position])
        before, now = position, halt.departure_s
    value -= int(shift.cost[before, shift.num_places])
    drive_s += int(shift.drive[before, shift.num_places])
    return Column(number, tuple(halts), value, drive_s)


Recall = Mapping[tuple[int, str], set[int]]


def counts_once(cover: Cover) -> bool:
    """Tell whether a cover counts a tour once instead of its stops."""
    return cover.at_least == 1 and not cover.dwell_s and len(cover.places) > 1


class Rules:
    """The rows of a problem: which of them a tour counts for, and how much.

    Attributes
    ----------
    covers : tuple of Cover
    limits : tuple of Limit
    """

    def __init__(self, problem: Problem) -> None:
        self.covers = problem.covers
        self.limits = problem.limits
        self._budgets = problem.budgets
        self._alternatives = problem.alternatives
        self._covers_of: dict[tuple[str, int], list[int]] = {}
        for number, cover in enumerate(problem.covers):
            shifts = range(len(problem.shifts)) if cover.shifts is None else sorted(cover.shifts)
            for place in sorted(cover.places):
                for shift in shifts:
                    self._covers_of.setdefault((place, shift), []).append(number)
        self._limits_of: dict[tuple[str, int], list[int]] = {}
        for number, limit in enumerate(problem.limits):
            for place in sorted(limit.places):
                for shift in sorted(limit.shifts):
                    self._limits_of.setdefault((place, shift), []).append(number)

    def covers_of(self, place: str, shift: int) -> list[int]:
        """Return the covers that a visit of a place in a shift counts for."""
        return self._covers_of.get((place, shift), [])

    def limits_of(self, place: str, shift: int) -> list[int]:
        """Return the limits that a visit of a place in a shift counts for."""
        return self._limits_of.get((place, shift), [])

    def budgets_of(self, shift: int) -> list[int]:
        """Return the budgets that a tour of a shift draws on."""
        return [n for n, budget in enumerate(self._budgets) if shift in budget.shifts]

    def alternatives_of(self, shift: int) -> list[int]:
        """Return the sets of alternatives that a shift is in."""
        return [n for n, numbers in enumerate(self._alternatives) if shift in numbers]

    def budget_share(self, budget: int, drive_s: int) -> float:
        """Return the share of a budget that a drive takes; all of it is 1."""
        return drive_s / max(1, self._budgets[budget].drive_s)

    def counts_once(self, cover: int) -> bool:
        """Tell whether a cover counts a tour once instead of its stops."""
        return counts_once(self.covers[cover])

    def coverage(self, column: Column, recall: Recall | None = None) -> dict[int, float]:
        """Return how much a tour counts for each cover: times, or the share of its minutes.

        Parameters
        ----------
        column : Column
        recall : mapping of (int, str) to set of int, or None
            Per shift and place, the covers that are still remembered there; a cover that was
            forgotten counts again. None to forget nothing.
        """
        counts: dict[int, float] = {}
        remembered: set[int] = set()
        for halt in column.halts:
            now = self.covers_of(halt.place, column.shift)
            for cover in now:
                if needed_s := self.covers[cover].dwell_s:
                    counts[cover] = counts.get(cover, 0.0) + halt.dwell_s / needed_s
                elif cover not in remembered or not self.counts_once(cover):
                    counts[cover] = counts.get(cover, 0.0) + 1.0
            remembered |= set(now)
            if recall is not None:
                remembered &= recall[column.shift, halt.place]
        return counts

    def visits(self, column: Column) -> dict[int, int]:
        """Return how often a tour counts for each limit."""
        counts: dict[int, int] = {}
        for halt in column.halts:
            for limit in self.limits_of(halt.place, column.shift):
                counts[limit] = counts.get(limit, 0) + 1
        return counts


def missing(problem: Problem, chosen: Sequence[Column]) -> list[int]:
    """Return what each cover lacks: visits, or 1 where time on site is missing."""
    lacks: list[int] = []
    for cover in problem.covers:
        halts = [h for c in chosen for h in c.halts if cover.counts(h.place, c.shift)]
        if cover.dwell_s:
            lacks.append(int(sum(halt.dwell_s for halt in halts) < cover.dwell_s))
        else:
            lacks.append(max(0, cover.at_least - len(halts)))
    return lacks


def plan_value(problem: Problem, chosen: Sequence[Column]) -> tuple[int, int]:
    """Return the worth of a week with its bonuses, and what hard covers miss."""
    value, missed = sum(column.value for column in chosen), 0
    for cover, lack in zip(problem.covers, missing(problem, chosen), strict=True):
        if cover.bonus is None:
            missed += lack
        elif not lack:
            value += cover.bonus
    return value, missed
