"""Columns: tours of one shift as the master problem sees them, values in hundredths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tours.problem import Problem
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
    """

    shift: int
    halts: tuple[Halt, ...]
    value: int

    @property
    def places(self) -> frozenset[str]:
        """The places visited."""
        return frozenset(halt.place for halt in self.halts)

    @property
    def is_elementary(self) -> bool:
        """Whether no place is visited twice."""
        return len(self.places) == len(self.halts)


def traced_column(number: int, shift: ShiftArrays, labels: Labels, label: int) -> Column:
    """Return the tour that a label stands for, closed by the way back to the depot."""
    halts: list[Halt] = []
    at = label
    while at >= 0:
        way = int(labels.way[at])
        begin = int(shift.way_start[way])
        halts.append(Halt(shift.places[labels.place[at]], begin, int(shift.way_end[way]) - begin))
        at = int(labels.parent[at])
    return Column(number, tuple(reversed(halts)), int(labels.earned[label]))


Recall = Mapping[tuple[int, str], set[int]]


class Rules:
    """The rows of a problem: which of them a tour counts for, and how often.

    A cover that asks for one visit counts a tour once, however many of its stops are in the
    set: a linear programme then cannot collect the bonus by half a tour with two such stops.
    As a relaxation, a tour may forget sets on its way and count for them again.
    """

    def __init__(self, problem: Problem) -> None:
        self.covers = problem.covers
        self.limits = problem.limits
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

    def counts_once(self, cover: int) -> bool:
        """Tell whether a cover counts a tour once instead of its stops."""
        return self.covers[cover].at_least == 1

    def coverage(self, column: Column, recall: Recall | None = None) -> dict[int, int]:
        """Return how often a tour counts for each cover.

        Parameters
        ----------
        column : Column
        recall : mapping of (int, str) to set of int, or None
            Per shift and place, the covers that are still remembered there; a cover that was
            forgotten counts again. None to forget nothing.
        """
        counts: dict[int, int] = {}
        remembered: set[int] = set()
        for halt in column.halts:
            now = self.covers_of(halt.place, column.shift)
            for cover in now:
                if cover not in remembered or not self.counts_once(cover):
                    counts[cover] = counts.get(cover, 0) + 1
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


def cover_visits(problem: Problem, chosen: Sequence[Column]) -> list[int]:
    """Return how many visits of a week count for each cover."""
    return [
        sum(cover.counts(halt.place, c.shift) for c in chosen for halt in c.halts)
        for cover in problem.covers
    ]


def plan_value(problem: Problem, chosen: Sequence[Column]) -> tuple[int, int]:
    """Return the worth of a week with its bonuses, and the visits that hard covers miss."""
    value, missed = sum(column.value for column in chosen), 0
    for cover, visits in zip(problem.covers, cover_visits(problem, chosen), strict=True):
        if cover.bonus is None:
            missed += max(0, cover.at_least - visits)
        elif visits >= cover.at_least:
            value += cover.bonus
    return value, missed
