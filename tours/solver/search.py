"""Large-neighbourhood search: parts of the tours are taken out and put back better.

Worse plans are accepted within a threshold that falls to nothing (Dueck and Scheuer 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from tours.problem import Problem
from tours.solver.arrays import Flags, Ints, ShiftArrays, Words
from tours.solver.chance import random_below, random_share, random_state
from tours.solver.columns import Column
from tours.solver.compilation import compiled, compiled_part
from tours.solver.completion import Floats
from tours.solver.field import Field, build_field
from tours.solver.finds import Finds, keep_find, no_finds
from tours.solver.insertion import Trial, empty_trial, insert_places
from tours.solver.profiles import MOST_POINTS, NOWHERE, Tours, empty_tours, refresh
from tours.solver.removal import remove_strings
from tours.solver.tallies import Tallies, count_visit, no_visits, plan_worth
from tours.solver.terms import Terms, build_terms
from tours.solver.timing import best_tour

# The threshold at first, and what a drive of average length counts against a plan, both as
# shares of a good place's prize. Less driving leaves room for more stops.
WARMTH = 0.75
THRIFT = 0.15
# Tours of plans that are this much worse than the best one are kept, as a share as well.
MARGIN = 0.5


class Orders(NamedTuple):
    """A plan as nothing but places in the order of their visits.

    Attributes
    ----------
    stops : ndarray of int64, shape (S, longest)
    length : ndarray of int64, shape (S,)
    """

    stops: Ints
    length: Ints


@compiled
def _search(
    f: Field,
    terms: Terms,
    t: Tours,
    c: Tallies,
    trial: Trial,
    is_changed: Flags,
    accepted: Orders,
    best: Orders,
    finds: Finds,
    best_worth: int,
    penalty: int,
    iterations: int,
    margin: float,
    hot: float,
    cold: float,
    thrift: float,
    state: Words,
) -> int:
    """Search on from the plan that was accepted last; return the worth of the best one."""
    shifts, places = f.kind.shape[0], f.near.shape[0]
    for s in range(shifts):
        _set_order(f, terms, t, c, accepted, s)
    now = plan_worth(terms, c, t.value, t.drive, penalty) - thrift * _driven(t.drive)
    for iteration in range(iterations):
        for s in range(shifts):
            is_changed[s] = iteration == 0
        middle = random_below(state, places)
        if iteration:
            remove_strings(f, terms, t, c, is_changed, middle, state)
        insert_places(f, terms, t, c, trial, is_changed, middle, penalty, state)
        worth = plan_worth(terms, c, t.value, t.drive, penalty)
        energy = worth - thrift * _driven(t.drive)
        threshold = (hot + (cold - hot) * iteration / iterations) * random_share(state)
        if worth > best_worth:
            best_worth = worth
            for s in range(shifts):
                _keep_order(t, best, s)
        is_accepted = energy >= now - threshold
        if is_accepted:
            now = energy
        for s in range(shifts):
            if is_changed[s]:
                if is_accepted:
                    _keep_order(t, accepted, s)
                    if worth >= best_worth - margin:
                        keep_find(f, t, finds, s)
                else:
                    _set_order(f, terms, t, c, accepted, s)
    return best_worth


@compiled_part
def _driven(drive: Ints) -> int:
    total = 0
    for s in range(drive.shape[0]):
        total += drive[s]
    return total


@compiled_part
def _keep_order(t: Tours, orders: Orders, s: int) -> None:
    orders.length[s] = t.length[s]
    for at in range(t.length[s]):
        orders.stops[s, at] = t.stops[s, at]


@compiled_part
def _set_order(f: Field, terms: Terms, t: Tours, c: Tallies, orders: Orders, s: int) -> None:
    for at in range(t.length[s]):
        count_visit(terms, c, s, t.stops[s, at], -1)
    t.length[s] = orders.length[s]
    for at in range(t.length[s]):
        t.stops[s, at] = orders.stops[s, at]
        count_visit(terms, c, s, t.stops[s, at], 1)
    refresh(f, t, s, 0)


class Search:
    """A search that can go on where it stopped.

    Parameters
    ----------
    problem : Problem
        Without breaks.
    shifts : sequence of ShiftArrays
    penalty : int
        For each missing visit of a hard cover.
    seed : int
    """

    def __init__(
        self, problem: Problem, shifts: Sequence[ShiftArrays], penalty: int, seed: int
    ) -> None:
        self._shifts = shifts
        self._penalty = penalty
        self._places = sorted({place for shift in shifts for place in shift.places})
        self._field = build_field(problem, shifts, self._places)
        self._terms = build_terms(problem, self._places)
        self._state = random_state(seed)
        num_shifts, num_places = len(shifts), len(self._places)
        longest = 2 + max((_most_stops(shift) for shift in shifts), default=0)
        longest = min(longest, num_places + 2)
        options = max((len(some) for shift in shifts for some in shift.options), default=0)
        points = MOST_POINTS if options > 1 else 4
        self._tours = empty_tours(num_shifts, longest, points)
        self._tallies = no_visits(self._terms, num_shifts, num_places)
        self._is_changed = np.zeros(num_shifts, dtype=np.bool_)
        self._accepted, self._best = (
            Orders(np.zeros_like(self._tours.stops), np.zeros_like(self._tours.length))
            for _each in range(2)
        )
        self._best_worth = NOWHERE
        prize = _prizes(problem, self._places)
        self._trial = empty_trial(prize)
        typical = float(np.sort(prize)[::-1][: 5 * num_shifts].mean()) if num_places else 0.0
        self._finds = no_finds(self._field, longest)
        self._warmth, self._margin = WARMTH * typical, MARGIN * typical
        self._thrift = THRIFT * typical / max(1.0, float(self._field.drive.mean()))

    def begin(self, plan: Sequence[Column]) -> None:
        """Go on from a plan at the next run, as far as it has room for its tours.

        Parameters
        ----------
        plan : sequence of Column
            At most one per shift, that can be driven together.
        """
        where = {place: i for i, place in enumerate(self._places)}
        self._accepted.length[:] = 0
        for column in plan:
            order = [where[place] for place in column.order]
            if len(order) <= self._accepted.stops.shape[1]:
                self._accepted.stops[column.shift, : len(order)] = order
                self._accepted.length[column.shift] = len(order)

    def run(
        self, iterations: int, *, hot: float = 1.0, cold: float = 0.0, again: bool = True
    ) -> list[Column]:
        """Search on, and return the best plan so far, without its empty tours.

        Parameters
        ----------
        iterations : int
        hot, cold : float
            How much worse a plan may get, in the beginning and in the end, from 1 to 0.
        again : bool
            Begin with the best plan, not with the one that was accepted last.
        """
        if not self._places:
            return []
        if again:
            self._accepted.stops[:] = self._best.stops
            self._accepted.length[:] = self._best.length
        self._best_worth = _search(
            self._field,
            self._terms,
            self._tours,
            self._tallies,
            self._trial,
            self._is_changed,
            self._accepted,
            self._best,
            self._finds,
            self._best_worth,
            self._penalty,
            iterations,
            self._margin,
            self._warmth * hot,
            self._warmth * cold,
            self._thrift,
            self._state,
        )
        return self.best()

    def best(self) -> list[Column]:
        """Return the tours of the best plan."""
        numbers = range(len(self._shifts))
        stops, length = self._best
        return [self._tour(n, stops[n, : length[n]]) for n in numbers if length[n]]

    def finds(self) -> list[Column]:
        """Return tours of good plans that were passed since this was last asked."""
        found = [
            self._tour(int(self._finds.shift[row]), self._finds.stops[row, :length])
            for row, length in enumerate(self._finds.length[: self._finds.number[0]].tolist())
        ]
        self._finds.number[0] = 0
        return found

    def _tour(self, number: int, stops: Ints) -> Column:
        order = [self._places[i] for i in stops.tolist()]
        return best_tour(number, self._shifts[number], order)


def _prizes(problem: Problem, places: Sequence[str]) -> Floats:
    """Return the most that each place can earn."""
    prize = np.zeros(len(places))
    where = {place: i for i, place in enumerate(places)}
    for candidate in problem.candidates:
        most = max(option.prize for option in candidate.options)
        at = where[candidate.place]
        prize[at] = max(prize[at], most)
    return prize


def _most_stops(shift: ShiftArrays) -> int:
    n = shift.num_places
    first_way = shift.first_way[shift.first_slot]
    shortest = min(
        (
            int(np.delete(shift.gap[:, j], j).min())
            + int(shift.way_length[first_way[j] : first_way[j + 1]].min())
            for j in range(n)
        ),
        default=1,
    )
    return min(n, (shift.end_s - shift.start_s) // max(1, shortest) + 1)
