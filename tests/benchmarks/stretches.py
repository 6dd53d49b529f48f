"""A problem as general solvers like it: stretches of starts that differ in nothing else.

Such solvers know windows, but no grid of published starts. They need none: where starts and
dwells lie on a grid, so does every departure, and a gap that is rounded up to the grid ends
exactly at the next start. Options of one dwell are thus put together to windows; a start that
earns more is a window of its own within the wider one that earns less. Buses that are alike
share their windows. The problem stays the same, to the second and to the hundredth.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tours.problem import Limit, Option, Problem
from tours.schedule import drive_costs, return_gaps, start_gaps

from .answer import Routes


@dataclass(frozen=True, slots=True)
class Stretch:
    """A way to visit a place, starting within a window.

    Attributes
    ----------
    place : int
        Position in `Stretches.places`, from 1.
    kind : int
        Position in `Stretches.kinds`.
    earliest, latest, dwell : int
        In steps after the start of the shift.
    prize : int
    """

    place: int
    kind: int
    earliest: int
    latest: int
    dwell: int
    prize: int


@dataclass(frozen=True, slots=True)
class Wish:
    """A cover of several places that is not kept anyway.

    Attributes
    ----------
    stretches : tuple of int
        Positions of those that count.
    bonus : int or None
        None for a cover that must be kept.
    """

    stretches: tuple[int, ...]
    bonus: int | None


@dataclass(frozen=True, eq=False)
class Stretches:
    """A problem in stretches; times are steps after the start of the shift.

    Attributes
    ----------
    places : tuple of str
        The depot first.
    kinds : tuple of tuple of int
        Shifts that are alike.
    ends : tuple of int
        Per kind, the length of the shift.
    stretches : tuple of Stretch
    gap : ndarray of int64, shape (n, n)
        From a departure to the next start, or to the end of the shift at the depot.
    cost : ndarray of int64, shape (n, n)
        Of driving, hundredths of a contact.
    choices : tuple of tuple of int
        Positions of stretches of which one at most is used; each stretch is in one.
    musts : frozenset of int
        Positions of the choices of which one must be used: places that have to be visited.
    wishes : tuple of Wish
        No stretch is in two of them.
    sure : int
        Bonuses that the places of `musts` earn.
    """

    places: tuple[str, ...]
    kinds: tuple[tuple[int, ...], ...]
    ends: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    gap: NDArray[np.int64]
    cost: NDArray[np.int64]
    choices: tuple[tuple[int, ...], ...]
    musts: frozenset[int]
    wishes: tuple[Wish, ...]
    sure: int

    def routes(self, used: Sequence[tuple[int, Sequence[int]]]) -> Routes:
        """Return routes per shift from kinds and the stretches that are used in turn."""
        free = [list(shifts) for shifts in self.kinds]
        routes: list[tuple[str, ...]] = [()] * sum(map(len, self.kinds))
        for kind, positions in used:
            route = tuple(self.places[self.stretches[at].place] for at in positions)
            if route:
                routes[free[kind].pop(0)] = route
        return tuple(routes)


def build_stretches(problem: Problem) -> Stretches:
    """Return a problem in stretches.

    Raises
    ------
    ValueError
        If the problem has rules that the peers are not told of.
    """
    _check(problem)
    step = _step(problem)
    depot = problem.shifts[0].depot
    offered = {candidate.place for candidate in problem.candidates}
    places = (depot, *(id_ for id_ in problem.travel.ids if id_ in offered))
    where = {place: i for i, place in enumerate(places)}
    index = [problem.travel.index(place) for place in places]
    gap = start_gaps(problem)[np.ix_(index, index)].copy()
    gap[:, 0] = return_gaps(problem)[index, index[0]]
    kinds = _kinds(problem)
    options = {(c.shift, c.place): c.options for c in problem.candidates}
    stretches: list[Stretch] = []
    for kind, shifts in enumerate(kinds):
        start = problem.shifts[shifts[0]].start_s
        for place in places[1:]:
            some = options.get((shifts[0], place), ())
            for earliest, latest, dwell, prize in _windows(some, step):
                stretches.append(
                    Stretch(
                        where[place],
                        kind,
                        (earliest - start) // step,
                        (latest - start) // step,
                        dwell // step,
                        prize,
                    )
                )
    first = [kinds[s.kind][0] for s in stretches]
    choices = tuple(_choices(problem, places, stretches, first))
    counted = [
        frozenset(at for at, s in enumerate(stretches) if c.counts(places[s.place], first[at]))
        for c in problem.covers
    ]
    musts = frozenset(
        number
        for number, choice in enumerate(choices)
        for cover, members in zip(problem.covers, counted, strict=True)
        if cover.bonus is None and members and members <= set(choice)
    )
    sure, wishes = _wishes(problem, counted, [frozenset(choices[number]) for number in musts])
    return Stretches(
        places=places,
        kinds=kinds,
        ends=tuple(
            (problem.shifts[shifts[0]].end_s - problem.shifts[shifts[0]].start_s) // step
            for shifts in kinds
        ),
        stretches=tuple(stretches),
        gap=-(-gap // step),
        cost=drive_costs(problem)[np.ix_(index, index)],
        choices=choices,
        musts=musts,
        wishes=wishes,
        sure=sure,
    )


def _wishes(
    problem: Problem, counted: Sequence[frozenset[int]], musts: Sequence[frozenset[int]]
) -> tuple[int, tuple[Wish, ...]]:
    """Return the bonuses that are sure, and the covers that are not kept by the musts anyway."""
    sure = 0
    wishes: list[Wish] = []
    seen: set[int] = set()
    for cover, members in zip(problem.covers, counted, strict=True):
        if any(must <= members for must in musts):
            sure += cover.bonus or 0
        elif members and cover.bonus != 0:
            if members & seen:
                raise ValueError("a stretch must be in one wish only")
            seen |= members
            wishes.append(Wish(tuple(sorted(members)), cover.bonus))
    return sure, tuple(wishes)


def _check(problem: Problem) -> None:
    if problem.budgets or problem.orders or problem.alternatives:
        raise ValueError("problem must have no budgets, orders or alternatives")
    if any(cover.at_least > 1 or cover.dwell_s for cover in problem.covers):
        raise ValueError("covers must ask for one visit")
    if len({shift.depot for shift in problem.shifts}) > 1:
        raise ValueError("shifts must have one depot")
    for limit in problem.limits:
        if limit.at_most != 1 or len(limit.places) != 1:
            raise ValueError("limits must allow one visit of one place")


def _step(problem: Problem) -> int:
    """Return the grid of starts and departures; 1 where starts are not published."""
    if any(option.slack_s for c in problem.candidates for option in c.options):
        return 1
    return max(
        1,
        math.gcd(
            *(o.dwell_s for c in problem.candidates for o in c.options),
            *(
                option.start_s - problem.shifts[candidate.shift].start_s
                for candidate in problem.candidates
                for option in candidate.options
            ),
        ),
    )


def _kinds(problem: Problem) -> tuple[tuple[int, ...], ...]:
    """Group the shifts that no rule and no option tells apart."""
    offered: dict[int, list[tuple[str, tuple[Option, ...]]]] = {}
    for candidate in problem.candidates:
        offered.setdefault(candidate.shift, []).append((candidate.place, candidate.options))
    kinds: dict[tuple[object, ...], list[int]] = {}
    for number, shift in enumerate(problem.shifts):
        key = (
            shift.start_s,
            shift.end_s,
            tuple(sorted(offered.get(number, []))),
            tuple(c.shifts is None or number in c.shifts for c in problem.covers),
            tuple(number in limit.shifts for limit in problem.limits),
        )
        kinds.setdefault(key, []).append(number)
    return tuple(map(tuple, kinds.values()))


def _windows(options: Sequence[Option], step: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield earliest and latest start, dwell and prize of each stretch."""
    for option in options:
        if option.slack_s:
            yield option.start_s, option.start_s + option.slack_s, option.dwell_s, option.prize
    fixed = [option for option in options if not option.slack_s]
    for dwell in sorted({option.dwell_s for option in fixed}):
        prizes = {option.start_s: option.prize for option in fixed if option.dwell_s == dwell}
        known: set[tuple[int, int]] = set()
        for prize in sorted(set(prizes.values()), reverse=True):
            starts = sorted(start for start, more in prizes.items() if more >= prize)
            for run in _runs(starts, step):
                if run not in known:
                    known.add(run)
                    yield *run, dwell, prize


def _runs(starts: Sequence[int], step: int) -> Iterator[tuple[int, int]]:
    first = 0
    for at in range(1, len(starts) + 1):
        if at == len(starts) or starts[at] > starts[at - 1] + step:
            yield starts[first], starts[at - 1]
            first = at


def _choices(
    problem: Problem, places: Sequence[str], stretches: Sequence[Stretch], first: Sequence[int]
) -> Iterator[tuple[int, ...]]:
    limits: dict[str, list[Limit]] = {}
    for limit in problem.limits:
        (place,) = limit.places
        limits.setdefault(place, []).append(limit)
    grouped: dict[tuple[int, tuple[int, ...]], list[int]] = {}
    for at, stretch in enumerate(stretches):
        of_place = limits.get(places[stretch.place], [])
        mine = tuple(n for n, limit in enumerate(of_place) if first[at] in limit.shifts)
        if len(mine) != 1:
            raise ValueError(
                f"each place must have one limit in each shift, got {len(mine)} of "
                f"{places[stretch.place]!r}"
            )
        grouped.setdefault((stretch.place, mine), []).append(at)
    return iter(map(tuple, grouped.values()))
