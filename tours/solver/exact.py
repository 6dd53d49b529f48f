"""Solve a week to proven optimality: column generation, then enumeration of what is left.

The linear programme over all tours is solved by generating them (Desaulniers, Desrosiers
and Solomon 2005); its optimum bounds every plan. Every tour that a better plan than the
best known one could use is then enumerated by its reduced value, and an integer programme
over those is exact (Baldacci, Christofides and Mingozzi 2008).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tours.problem import Problem
from tours.schedule import Halt, drive_costs
from tours.solver.arrays import ShiftArrays, shift_arrays
from tours.solver.columns import Column, Rules, cover_visits, plan_value, traced_column
from tours.solver.completion import Floats, completion_bounds
from tours.solver.labels import (
    COMPLETE,
    HEURISTIC,
    RELAXED,
    CoverArrays,
    Labels,
    extend_labels,
)
from tours.solver.master import EPSILON, Duals, Master
from tours.solver.memory import Memory

COLUMNS_PER_ROUND = 40
MOST_LABELS = 3_000_000
MOST_ROUTES = 400_000
# The gap between bound and best plan is closed in steps, so that the last, costly one is
# rarely needed.
GAP_STEPS = (0.15, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the solver stands.

    Attributes
    ----------
    phase : str
        ``bound`` or ``proof``.
    value, bound : int or None
        Best plan and bound so far, hundredths of a contact; None before the first.
    """

    phase: str
    value: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class Solution:
    """What the solver found.

    Attributes
    ----------
    tours : tuple of tuple of Halt
        Per shift, in order; empty where the bus stays.
    value, bound : int
        What the plan earns, and the most that any plan can earn, hundredths of a contact.
    status : str
        ``optimal``, ``feasible`` (the time ran out) or ``infeasible``.
    broken : tuple of int
        Positions of the hard covers that the plan breaks. If the week is infeasible no plan
        breaks fewer visits; otherwise the time ran out before one was found.
    iterations : int
        Linear programmes solved.
    seconds : float
    """

    tours: tuple[tuple[Halt, ...], ...]
    value: int
    bound: int
    status: str
    broken: tuple[int, ...]
    iterations: int
    seconds: float


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> Solution:
    """Solve a week's problem.

    Parameters
    ----------
    problem : Problem
    seed : int
        Of the random numbers that the integer programmes draw; among plans of equal value
        another seed may take another one.
    time_limit : float or None
        Seconds after which the best plan so far is returned; None for no limit.
    on_progress : callable or None
        Called with each new bound or plan.

    Raises
    ------
    ValueError
        If the time limit is negative.
    """
    if time_limit is not None and time_limit < 0:
        raise ValueError(f"time_limit must be 0 or more, got {time_limit}")
    return _Search(problem, seed, time_limit, on_progress or (lambda _progress: None)).run()


class _Search:
    """The state of one run."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        time_limit: float | None,
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.began = time.monotonic()
        self.deadline = self.began + time_limit if time_limit is not None else float("inf")
        self.problem = problem
        self.seed = seed
        self.on_progress = on_progress
        self.rules = Rules(problem)
        self.shifts = shift_arrays(problem)
        self.penalty = _penalty(problem)
        self.alike = _alike(self.shifts, self.rules)
        self.capacity = {first: len(shifts) for first, shifts in self.alike.items()}
        self.memory = Memory(self.shifts, self.rules)
        self.iterations = 0
        self.best: list[Column] = []
        self.best_worth = self._worth([])
        self.bound = float("inf")
        # Optimum of the linear programme, once no tour improves it.
        self.relaxation = float("inf")

    def _worth(self, chosen: list[Column]) -> int:
        """Value of a choice less the penalties that the master charges."""
        value, missed = plan_value(self.problem, chosen)
        return value - self.penalty * missed

    def _offer(self, chosen: list[Column]) -> None:
        worth = self._worth(chosen)
        if worth > self.best_worth:
            self.best, self.best_worth = chosen, worth
            self._report("proof")

    def _tighten_bound(self, bound: float) -> None:
        if bound < self.bound - 0.5:
            self.bound = bound
            self._report("bound")
        self.bound = min(self.bound, bound)

    def _report(self, phase: str) -> None:
        # As long as rules are broken, values are full of penalties that mean nothing to people.
        is_kept = plan_value(self.problem, self.best)[1] == 0
        self.on_progress(
            Progress(
                phase,
                self.best_worth if is_kept else None,
                int(self.bound) if is_kept and np.isfinite(self.bound) else None,
            )
        )

    @property
    def is_out_of_time(self) -> bool:
        return time.monotonic() > self.deadline

    def run(self) -> Solution:
        duals, columns = self._generate()
        self._choose(columns)
        if duals is not None and not self._is_closed:
            self._prove(duals)
        return self._solution()

    @property
    def _is_closed(self) -> bool:
        """Values are whole, so a bound less than one above the best plan proves it."""
        return self.bound < self.best_worth + 1 - EPSILON

    def _solution(self) -> Solution:
        value, missed = plan_value(self.problem, self.best)
        tours: dict[int, tuple[Halt, ...]] = {}
        for first, shifts in self.alike.items():
            # Any order is as good; a fixed one gives the same plan every time.
            halts = sorted((c.halts for c in self.best if c.shift == first), key=_places_of)
            tours.update(zip(shifts, halts, strict=False))
        is_closed = self._is_closed
        status = "optimal" if is_closed else "feasible"
        if missed and is_closed:
            status = "infeasible"
        highest = min(self.bound + self.penalty * missed, self.penalty)
        bound = value if is_closed else max(value, int(highest + EPSILON))
        visits = cover_visits(self.problem, self.best)
        return Solution(
            tours=tuple(tours.get(s, ()) for s in range(len(self.shifts))),
            value=value,
            bound=bound,
            status=status,
            broken=tuple(
                number
                for number, cover in enumerate(self.problem.covers)
                if cover.bonus is None and visits[number] < cover.at_least
            ),
            iterations=self.iterations,
            seconds=time.monotonic() - self.began,
        )

    # -- the linear programme ---------------------------------------------------------------

    def _rewards(self, duals: Duals, number: int) -> tuple[Floats, Floats, CoverArrays]:
        """Return what the drives of a shift earn, with and without covers, and the covers."""
        shift = self.shifts[number]
        n = shift.num_places
        reward = -shift.cost.astype(np.float64)
        first, covers = [0], []
        for j, place in enumerate(shift.places):
            gain = -sum(duals.limit[v] for v in self.rules.limits_of(place, number))
            for cover in self.rules.covers_of(place, number):
                if not self.rules.counts_once(cover):
                    gain += duals.cover[cover]
                elif duals.cover[cover] > EPSILON:
                    covers.append(cover)
            first.append(len(covers))
            reward[:, j] += gain
        entering = reward.copy()
        for j in range(n):
            for cover in covers[first[j] : first[j + 1]]:
                members = self.problem.covers[cover].places
                outside = [i for i in range(n) if shift.places[i] not in members]
                entering[[*outside, n], j] += duals.cover[cover]
        paying = CoverArrays(
            np.array(first, dtype=np.int64),
            np.array(covers, dtype=np.int64),
            duals.cover,
            self.memory.covers(number),
        )
        return entering, reward, paying

    def _generate(self) -> tuple[Duals | None, list[Column]]:
        """Generate tours until none improves the linear programme."""
        master = self._relaxed_master()
        columns: list[Column] = []
        known: set[tuple[int, tuple[Halt, ...]]] = set()
        mode = HEURISTIC
        while True:
            duals = master.solve_linear()
            self.iterations += 1
            found: list[Column] = []
            slack = 0.0
            is_whole = True
            for number in self.alike:
                shift = self.shifts[number]
                entering, reward, covers = self._rewards(duals, number)
                base = -float(duals.shift[number])
                bounds = completion_bounds(shift, entering)
                most = base + float(bounds.best[-1, 0])
                if most <= EPSILON:
                    continue
                labels = extend_labels(
                    shift,
                    reward,
                    base,
                    self.memory.places(number),
                    covers,
                    bounds,
                    EPSILON,
                    mode,
                    MOST_LABELS,
                )
                is_whole &= labels.is_complete
                if mode == RELAXED:
                    most = float(labels.closed.max(initial=0.0))
                slack += self.capacity[number] * most
                found += self._pick(number, labels, known)
            if is_whole:
                self._tighten_bound(duals.value + slack)
            for column in found:
                master.add(column)
            columns += found
            if self.is_out_of_time:
                return None, columns
            if found:
                continue
            if mode == HEURISTIC:
                mode = RELAXED
                continue
            if not is_whole:
                return None, columns
            used = [c for c, x in zip(columns, duals.weight, strict=True) if x > EPSILON]
            if not self.memory.grow(used):
                self.relaxation = duals.value + slack
                return duals, columns
            master = self._relaxed_master()
            columns = [column for column in columns if self.memory.allows(column)]
            for column in columns:
                master.add(column)
            mode = HEURISTIC

    def _relaxed_master(self) -> Master:
        return Master(
            self.problem,
            self.rules,
            self.penalty,
            self.capacity,
            seed=self.seed,
            recall=self.memory.recall,
        )

    def _pick(
        self, number: int, labels: Labels, known: set[tuple[int, tuple[Halt, ...]]]
    ) -> list[Column]:
        """Take the best labels, one per set of places."""
        order = np.argsort(-labels.closed, kind="stable")
        picked: list[Column] = []
        sets: set[frozenset[str]] = set()
        for label in order[: 10 * COLUMNS_PER_ROUND].tolist():
            if labels.closed[label] <= EPSILON or len(picked) == COLUMNS_PER_ROUND:
                break
            column = traced_column(number, self.shifts[number], labels, label)
            if column.places not in sets and (number, column.halts) not in known:
                sets.add(column.places)
                known.add((number, column.halts))
                picked.append(column)
        return picked

    # -- whole plans ------------------------------------------------------------------------

    def _choose(self, columns: list[Column]) -> None:
        """Find a good plan among the generated tours."""
        usable = [column for column in columns if column.is_elementary]
        if usable:
            self._offer(self._integer(usable)[0])

    def _integer(self, columns: list[Column]) -> tuple[list[Column], bool]:
        master = Master(self.problem, self.rules, self.penalty, self.capacity, seed=self.seed)
        for column in columns:
            master.add(column)
        left = self.deadline - time.monotonic()
        return master.solve_integer(columns, self.best, max(0.1, left))

    def _prove(self, duals: Duals) -> None:
        """Close the gap by every tour that a better plan could use."""
        for share in GAP_STEPS:
            if self._is_closed or self.is_out_of_time:
                return
            target = self.bound - share * (self.bound - self.best_worth)
            routes = self._enumerate(duals, self.relaxation - target)
            if routes is None:
                return
            chosen, is_best = self._integer(routes)
            self._offer(chosen)
            if not is_best:
                return
            # A plan with a tour that was not enumerated is worth at most the target.
            self._tighten_bound(max(float(self.best_worth), target))

    def _enumerate(self, duals: Duals, opened: float) -> list[Column] | None:
        """Return every tour that a plan this far below the relaxation can use, the best per set.

        A plan's distance from the relaxation is at least that of each of its tours, whose
        reduced values the duals give.
        """
        routes = [column for column in self.best if column.halts]
        for number in self.alike:
            shift = self.shifts[number]
            entering, reward, covers = self._rewards(duals, number)
            bounds = completion_bounds(shift, entering)
            everywhere = np.full_like(self.memory.places(number), np.iinfo(np.uint64).max)
            labels = extend_labels(
                shift,
                reward,
                -float(duals.shift[number]),
                everywhere,
                covers,
                bounds,
                -opened - EPSILON,
                COMPLETE,
                MOST_LABELS,
            )
            if not labels.is_complete:
                return None
            by_set: dict[frozenset[str], Column] = {}
            for label in np.flatnonzero(labels.closed > -opened - EPSILON).tolist():
                column = traced_column(number, shift, labels, label)
                known = by_set.get(column.places)
                if known is None or column.value > known.value:
                    by_set[column.places] = column
            routes += by_set.values()
            if len(routes) > MOST_ROUTES:
                return None
        return routes


def _places_of(halts: tuple[Halt, ...]) -> tuple[str, ...]:
    return tuple(halt.place for halt in halts)


def _alike(shifts: Sequence[ShiftArrays], rules: Rules) -> dict[int, tuple[int, ...]]:
    """Group the shifts that differ in nothing but their date, by the first of each group.

    Tours of alike shifts are interchangeable: generated once, and free of symmetry.
    Shifts without candidates are in no group.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, shift in enumerate(shifts):
        if shift.num_places:
            limits = tuple(tuple(rules.limits_of(place, number)) for place in shift.places)
            covers = tuple(tuple(rules.covers_of(place, number)) for place in shift.places)
            groups.setdefault((shift.key, limits, covers), []).append(number)
    return {numbers[0]: tuple(numbers) for numbers in groups.values()}


def _penalty(problem: Problem) -> int:
    """More than lies between any two plans, so that keeping a hard rule always pays."""
    most: dict[tuple[str, int], int] = {}
    for candidate in problem.candidates:
        key = candidate.place, candidate.shift
        most[key] = max(abs(option.prize) for option in candidate.options)
    bonuses = sum(cover.bonus or 0 for cover in problem.covers)
    dearest = int(drive_costs(problem).max(initial=0))
    return 1 + 2 * (sum(most.values()) + dearest * (len(most) + len(problem.shifts))) + bonuses
