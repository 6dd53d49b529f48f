"""The tours of a shift that are worth the most at the prices of the master problem."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tours.problem import Problem
from tours.solver.arrays import Ints, ShiftArrays
from tours.solver.columns import Rules
from tours.solver.completion import Bounds, Floats, completion_bounds
from tours.solver.extension import COMPLETE, Amounts, CoverArrays
from tours.solver.labels import Labels, extend_labels
from tours.solver.master import EPSILON, Duals
from tours.solver.memory import Memory

MOST_LABELS = 3_000_000
# Less than any tour earns.
FORBIDDEN = -1e12
# The depot among the places of a ban: no place has this id.
DEPOT = ""
# Comparisons a second of a slow machine, until they have been counted on this one.
SLOW_RATE = 2e7


@dataclass(frozen=True)
class Bans:
    """What tours may not do in a branch.

    Attributes
    ----------
    places : frozenset of (int, str)
        First of the shifts that are alike, and a place that is not visited in them.
    arcs : frozenset of (int, str, str)
        The same with two places that do not follow each other; one may be `DEPOT`.
    """

    places: frozenset[tuple[int, str]] = frozenset()
    arcs: frozenset[tuple[int, str, str]] = frozenset()

    def allows(self, number: int, order: Sequence[str]) -> bool:
        """Tell whether a tour of these places in this order may be driven."""
        if self.places and any((number, place) in self.places for place in order):
            return False
        if not self.arcs:
            return True
        return not any((number, a, b) in self.arcs for a, b in pairwise((DEPOT, *order, DEPOT)))


@dataclass(frozen=True, eq=False)
class Prices:
    """What a tour of one shift earns at the duals.

    Attributes
    ----------
    base : float
        Before it begins.
    reward : ndarray of float64, shape (n + 1, n + 1)
        For each drive, without covers that count a tour once.
    way_gain : ndarray of float64
        For each way to visit.
    covers : CoverArrays
    bounds : Bounds
    """

    base: float
    reward: Floats
    way_gain: Floats
    covers: CoverArrays
    bounds: Bounds

    @property
    def most(self) -> float:
        """No tour earns more."""
        return self.base + float(self.bounds.best[-1, 0])


@dataclass
class Pricing:
    """Prices and searches tours of all shifts; knows how fast this machine is.

    Attributes
    ----------
    problem : Problem
    rules : Rules
    shifts : sequence of ShiftArrays
    memory : Memory
    """

    problem: Problem
    rules: Rules
    shifts: Sequence[ShiftArrays]
    memory: Memory
    _work: float = 0.0
    _seconds: float = 0.0
    _places_of_ways: dict[int, Ints] = field(default_factory=dict)

    def prices(self, number: int, duals: Duals, bans: Bans) -> Prices:
        """Return what tours of a shift earn."""
        shift, rules = self.shifts[number], self.rules
        n = shift.num_places
        reward = -shift.cost.astype(np.float64)
        per_second = np.zeros(n)
        first, covers = [0], []
        gains = np.zeros(n)
        for j, place in enumerate(shift.places):
            gains[j] = -sum(duals.limit[v] for v in rules.limits_of(place, number))
            for cover in rules.covers_of(place, number):
                if needed_s := rules.covers[cover].dwell_s:
                    per_second[j] += duals.cover[cover] / needed_s
                elif not rules.counts_once(cover):
                    gains[j] += duals.cover[cover]
                elif duals.cover[cover] > EPSILON:
                    covers.append(cover)
            first.append(len(covers))
        reward[:, :n] += gains
        for budget in rules.budgets_of(number):
            if duals.budget[budget] > EPSILON:
                share = rules.budget_share(budget, 1)
                reward -= duals.budget[budget] * share * shift.drive
        self._forbid(reward, number, bans)
        way_gain = shift.way_prize.astype(np.float64)
        if per_second.any():
            way_gain += per_second[self._places(number)] * shift.way_dwell
        entering = reward.copy()
        where = {place: i for i, place in enumerate(shift.places)}
        for cover in dict.fromkeys(covers):
            members = [where[p] for p in self.problem.covers[cover].places if p in where]
            is_member = np.zeros(n + 1, dtype=np.bool_)
            is_member[members] = True
            entering[np.ix_(~is_member, is_member)] += duals.cover[cover]
        return Prices(
            base=-float(duals.shift[number])
            - sum(float(duals.alternative[a]) for a in rules.alternatives_of(number)),
            reward=reward,
            way_gain=way_gain,
            covers=CoverArrays(
                np.array(first, dtype=np.int64),
                np.array(covers, dtype=np.int64),
                duals.cover,
                self.memory.covers(number),
            ),
            bounds=completion_bounds(shift, entering, way_gain),
        )

    def _forbid(self, reward: Floats, number: int, bans: Bans) -> None:
        where = {place: i for i, place in enumerate(self.shifts[number].places)}
        for group, place in bans.places:
            if group == number and place in where:
                reward[:, where[place]] = FORBIDDEN
        where[DEPOT] = len(where)
        for group, a, b in bans.arcs:
            if group == number and a in where and b in where:
                reward[where[a], where[b]] = FORBIDDEN

    def _places(self, number: int) -> Ints:
        """Return the place of each way of a shift."""
        if number not in self._places_of_ways:
            shift = self.shifts[number]
            counts = np.diff(shift.first_way[shift.first_slot])
            self._places_of_ways[number] = np.repeat(np.arange(shift.num_places), counts)
        return self._places_of_ways[number]

    def amounts(self, number: int) -> Amounts:
        """Return what rules add up along a tour of a shift."""
        shift, rules = self.shifts[number], self.rules
        minutes = [
            c
            for c, cover in enumerate(rules.covers)
            if cover.dwell_s and any(cover.counts(place, number) for place in shift.places)
        ]
        budgets = len(rules.budgets_of(number)) > 0
        drive = [0] * len(minutes) + [-1] * budgets
        dwell = [
            [int(c in rules.covers_of(place, number)) for c in minutes] + [0] * budgets
            for place in shift.places
        ]
        shape = (shift.num_places, len(drive))
        return Amounts(np.array(drive, dtype=np.int64), np.array(dwell, np.int64).reshape(shape))

    def tours(
        self,
        number: int,
        prices: Prices,
        *,
        mode: int,
        above: float,
        seconds: float,
        most_labels: int = MOST_LABELS,
    ) -> Labels:
        """Return the tours of a shift that earn more than this.

        Parameters
        ----------
        number : int
        prices : Prices
        mode : int
            See `tours.solver.extension`.
        above : float
        seconds : float
            About when to give up; infinity for never.
        most_labels : int
        """
        shift = self.shifts[number]
        near = self.memory.places(number)
        if mode == COMPLETE:
            near = np.full_like(near, np.iinfo(np.uint64).max)
        rate = max(SLOW_RATE, self._work / self._seconds if self._seconds > 0.05 else 0.0)
        work = int(min(seconds * rate, 2**62))
        began = time.monotonic()
        labels = extend_labels(
            shift,
            prices.reward,
            prices.way_gain,
            prices.base,
            near,
            prices.covers,
            self.amounts(number),
            prices.bounds,
            above,
            mode,
            most_labels,
            work,
        )
        self._work += labels.work
        self._seconds += time.monotonic() - began
        return labels


def forced_arcs(
    number: int, a: str, b: str, places: Sequence[str]
) -> frozenset[tuple[int, str, str]]:
    """Return the arcs to ban so that a tour visits both places, one right after the other, or none.

    Parameters
    ----------
    number : int
    a, b : str
    places : sequence of str
        All that a tour can visit.
    """
    points = (*places, DEPOT)
    return frozenset(
        {(number, a, other) for other in points if other != b}
        | {(number, other, b) for other in points if other != a}
    )


def banned_everywhere(groups: Mapping[int, object], place: str) -> frozenset[tuple[int, str]]:
    """Return the bans of a place in all shifts."""
    return frozenset((number, place) for number in groups)
