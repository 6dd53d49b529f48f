"""Solve a week to proven optimality: branch and price, with enumeration of what is left.

The linear programme over all tours is solved by generating them (Desaulniers, Desrosiers
and Solomon 2005); its optimum bounds every plan. Every tour that a better plan than the
best known one could use is then enumerated by its reduced value, and an integer programme
over those is exact (Baldacci, Christofides and Mingozzi 2008). Where there are too many of
them, the problem is split in two and both halves are bounded again (Barnhart et al. 1998).
"""

from __future__ import annotations

import heapq
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tours.problem import Problem
from tours.schedule import Halt, drive_costs
from tours.solver.arrays import Ints, ShiftArrays, shift_arrays
from tours.solver.branching import Node, branches
from tours.solver.columns import Column, Rules, missing, plan_value, traced_column
from tours.solver.dive import Diver, can_dive
from tours.solver.labels import COMPLETE, HEURISTIC, RELAXED, Labels
from tours.solver.master import EPSILON, Duals, Master
from tours.solver.memory import Memory
from tours.solver.pricing import MOST_LABELS as MOST_LABELS_EVER
from tours.solver.pricing import Bans, Pricing
from tours.solver.search import Search
from tours.solver.ties import settled

COLUMNS_PER_ROUND = 40
# Iterations of the search at first, and where the bound shows that there may be a better
# plan; so many parts each. The proof ends at this share of a time limit.
FIRST_LOOK = 1000
SECOND_LOOK = 40_000
LOOKS = 4
# What the search gets of a time limit while the bound is being found, in parts of this size;
# more of it where the linear programme will hardly be solved, going by some rounds of it.
LOOK_SHARE = 0.5
LONG_LOOK_SHARE = 0.85
LOOK_ON = 2000
COOLING = 10_000
TYPICAL_ROUNDS = 60
WIDE_GAP = 0.01
# Tours of the linear programme that a plan is begun with, and what that gets of a time limit
# where the linear programme was not solved.
MOST_DIVES = 4
DIVE_SHARE = 0.1
PROOF_SHARE = 0.7
# Enumeration gives up beyond these, and the problem is split instead.
MOST_ROUTES = 8_000
MOST_LABELS = 200_000
# The gap between bound and best plan is closed in steps, so that the last, costly one is
# rarely needed.
GAP_STEPS = (0.15, 0.4, 1.0)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where the solver stands.

    Attributes
    ----------
    phase : str
        ``bound`` or ``proof``; ``conflict`` where rules that cannot hold together are looked for.
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
        ``optimal``, ``feasible`` (the time ran out, or it was stopped) or ``infeasible``.
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
    patience: float | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Solution:
    """Solve a week's problem.

    Parameters
    ----------
    problem : Problem
    seed : int
        Of the random numbers that the search and the integer programmes draw; among plans of
        equal value another seed may take another one.
    time_limit : float or None
        Seconds after which the best plan so far is returned; None for no limit.
    patience : float or None
        Seconds after which the search is given up as long as no plan keeps the hard rules;
        None for never. Where one was found in between, the rest of the search is as without.
    on_progress : callable or None
        Called with each new bound or plan.
    should_stop : callable or None
        Asked again and again; once it says so, the best plan so far is returned.

    Raises
    ------
    ValueError
        If the time limit or the patience is negative.
    """
    for name, seconds in (("time_limit", time_limit), ("patience", patience)):
        if seconds is not None and seconds < 0:
            raise ValueError(f"{name} must be 0 or more, got {seconds}")
    report = on_progress or (lambda _progress: None)
    stop = should_stop or (lambda: False)
    return _Search(problem, seed, time_limit, patience, report, stop).run()


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The optimum of the linear programme of a node.

    Attributes
    ----------
    bound : float
    duals : Duals
    columns : list of Column
        Those with weight, in the order of `weights`.
    weights : list of float
    pricing : Pricing
    """

    bound: float
    duals: Duals
    columns: list[Column]
    weights: list[float]
    pricing: Pricing


class _Search:
    """The state of one run."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        time_limit: float | None,
        patience: float | None,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.should_stop = should_stop
        self.began = time.monotonic()
        self.limit = time_limit if time_limit is not None else float("inf")
        self.deadline = self.began + self.limit
        self.hoped_until = self.began + (float("inf") if patience is None else patience)
        self.problem = problem
        self.seed = seed
        self.on_progress = on_progress
        self.rules = Rules(problem)
        self.shifts = shift_arrays(problem)
        self.unit = _unit(problem)
        self.penalty = _penalty(problem, self.unit)
        self.alike = _alike(self.shifts, self.rules)
        self.capacity = {first: len(shifts) for first, shifts in self.alike.items()}
        self.memory = Memory(self.shifts, self.rules)
        self.iterations = 0
        self.best: list[Column] = []
        self.best_worth = self._worth([])
        self.bound = float(_ceiling(problem))
        self.columns: dict[tuple[int, tuple[Halt, ...]], Column] = {}
        self.leads: list[Column] = []
        self.looked = 0.0
        self.cooled, self.cooling = 0, COOLING
        self.search = None
        if all(shift.rest is None for shift in problem.shifts):
            self.search = Search(problem, self.shifts, self.penalty, seed)

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
        is_kept = self._keeps_rules
        self.on_progress(
            Progress(
                phase,
                self.best_worth if is_kept else None,
                int(self.bound) if is_kept and np.isfinite(self.bound) else None,
            )
        )

    @property
    def seconds_left(self) -> float:
        is_hopeful = self.hoped_until == float("inf") or self._keeps_rules
        until = self.deadline if is_hopeful else min(self.deadline, self.hoped_until)
        return -1.0 if self.should_stop() else until - time.monotonic()

    @property
    def _keeps_rules(self) -> bool:
        """Whether the best plan keeps the hard rules."""
        return plan_value(self.problem, self.best)[1] == 0

    @property
    def is_out_of_time(self) -> bool:
        return self.seconds_left < 0

    def run(self) -> Solution:
        self._look(FIRST_LOOK)
        if self._is_closed:
            return self._solution()
        # What the proof does not need, the search may have.
        end, self.deadline = self.deadline, self.began + PROOF_SHARE * self.limit
        self._branch_and_price()
        is_cut_short = self.is_out_of_time
        self.deadline = end
        if is_cut_short and not self._is_closed:
            self._dive_a_while()
        if not self._is_closed:
            self._look(SECOND_LOOK)
        while self.search and self.limit < float("inf") and not self.is_out_of_time:
            if self._is_closed:
                break
            self.looked = 0.0
            self._look_on()
        return self._solution()

    def _look(self, iterations: int) -> None:
        """Search for better plans from the best one on."""
        for _part in range(LOOKS):
            if self.search is not None and not self.is_out_of_time and not self._is_closed:
                self._take(self.search.run(iterations // LOOKS))

    def _look_on(self) -> None:
        """Give the search its share of a time limit.

        It cools down again and again, ever more slowly; or once, over the whole time, where the
        linear programme will hardly be solved and nothing else is to be hoped for.
        """
        while self.search is not None and self.limit < float("inf") and not self.is_out_of_time:
            began = time.monotonic()
            share = self._look_share
            if self._is_closed or self.looked > share * (began - self.began):
                return
            if share == LONG_LOOK_SHARE:
                hot = max(0.0, 1 - (began - self.began) / self.limit)
                self._take(self.search.run(LOOK_ON, hot=hot, cold=hot, again=False))
            else:
                self._look_a_little()
            self.looked += time.monotonic() - began

    def _look_a_little(self) -> None:
        """Let the search cool down by a step; when it is cold it gets twice as long."""
        if self.search is None:
            return
        begun = self.cooled / self.cooling
        self.cooled += LOOK_ON
        ends = self.cooled / self.cooling
        found = self.search.run(LOOK_ON, hot=1 - begun, cold=1 - ends, again=begun == 0)
        self._take(found)
        if self.cooled >= self.cooling:
            self.cooled, self.cooling = 0, 2 * self.cooling

    def _dive_a_while(self) -> None:
        """Dive for a share of the time limit, and combine what was found."""
        end = self.deadline
        self.deadline = min(end, time.monotonic() + DIVE_SHARE * self.limit)
        self._dive(Bans())
        self._choose()
        self.deadline = end

    def _dive(self, bans: Bans) -> None:
        """Look for a better plan among the tours that the linear programme mixes."""
        if not can_dive(self.problem):
            return
        until = self.deadline
        diver = Diver(
            self.problem, self.shifts, self.memory, self.alike, self.penalty, self.seed, until
        )
        for lead in [lead for lead in self.leads if diver.is_whole(lead)][:MOST_DIVES]:
            if self.is_out_of_time or self._is_closed:
                return
            chosen, made = diver.dive(lead, list(self.columns.values()), bans)
            self._offer(chosen)
            for column in made:
                self.columns.setdefault((column.shift, column.halts), column)

    @property
    def _look_share(self) -> float:
        elapsed = time.monotonic() - self.began
        rounds = max(1, self.iterations)
        needed = TYPICAL_ROUNDS * (elapsed - self.looked) / rounds
        return LOOK_SHARE if needed < PROOF_SHARE * self.limit else LONG_LOOK_SHARE

    def _take(self, found: list[Column]) -> None:
        first = {number: group for group, numbers in self.alike.items() for number in numbers}
        plan = [replace(tour, shift=first[tour.shift]) for tour in found]
        self._offer(plan)
        for tour in plan:
            self.columns.setdefault((tour.shift, tour.halts), tour)

    def _branch_and_price(self) -> None:
        """Bound, enumerate and split until the best plan is proven or the time is up."""
        nodes: list[tuple[float, int, Node]] = [(-float("inf"), 0, Node())]
        made = 0
        while nodes:
            bound, _number, node = heapq.heappop(nodes)
            if self._is_beaten(-bound):
                break
            relaxation = self._relax(node)
            if relaxation is None:
                # The bounds of the others still hold; this one's is that of its parent.
                return
            if not nodes and not node.depth:
                self._tighten_bound(relaxation.bound)
                self._choose()
                if relaxation.bound - self.best_worth > WIDE_GAP * relaxation.bound:
                    self._look(SECOND_LOOK)
                if not self._is_beaten(relaxation.bound):
                    self.leads = _leads(relaxation.columns, relaxation.weights)
            elif not self._is_closed:
                self._look_a_little()
                self._look_on()
            left = self._prove(node, relaxation)
            if left is None:
                return
            if not self._is_beaten(left) and not node.depth:
                self._dive(node.bans)
            if not self._is_beaten(left):
                halves = branches(node, relaxation, self.problem, self.alike)
                if not halves:
                    # Tours that differ in times only: all of them, however many they are.
                    left = self._prove(node, relaxation, is_last=True)
                    if left is None or not self._is_beaten(left):
                        return
                for half in halves:
                    made += 1
                    heapq.heappush(nodes, (-left, made, half))
            self._tighten_bound(max(float(self.best_worth), -nodes[0][0] if nodes else 0.0))
        self._tighten_bound(float(self.best_worth))

    def _is_beaten(self, bound: float) -> bool:
        """Values are multiples of a unit: a bound less than one above the best plan proves it."""
        return bound < self.best_worth + self.unit - EPSILON

    @property
    def _is_closed(self) -> bool:
        return self._is_beaten(self.bound)

    def _solution(self) -> Solution:
        value, missed = plan_value(self.problem, self.best)
        tours: dict[int, tuple[Halt, ...]] = {}
        for first, shifts in self.alike.items():
            # Any order is as good; a fixed one gives the same plan every time.
            driven = (settled(c, self.shifts[first]) for c in self.best if c.shift == first)
            mine = sorted(driven, key=lambda c: c.order)
            tours.update(zip(shifts, (column.halts for column in mine), strict=False))
        is_closed = self._is_closed
        status = "optimal" if is_closed else "feasible"
        if missed and is_closed:
            status = "infeasible"
        highest = min(self.bound + self.penalty * missed, self.penalty)
        bound = value if is_closed else max(value, int(highest + EPSILON))
        lacks = missing(self.problem, self.best)
        return Solution(
            tours=tuple(tours.get(s, ()) for s in range(len(self.shifts))),
            value=value,
            bound=bound,
            status=status,
            broken=tuple(
                number
                for number, cover in enumerate(self.problem.covers)
                if cover.bonus is None and lacks[number]
            ),
            iterations=self.iterations,
            seconds=time.monotonic() - self.began,
        )

    # -- the linear programme ---------------------------------------------------------------

    def _relax(self, node: Node) -> Relaxation | None:
        """Generate tours until none improves the linear programme; None if the time is up.

        The generation ends early where the bound shows that no better plan is left.
        """
        problem = replace(self.problem, covers=self.problem.covers + node.covers)
        rules = Rules(problem)
        memory = self.memory.extended(rules) if node.covers else self.memory
        pricing = Pricing(problem, rules, self.shifts, memory)
        master, columns = self._restricted(problem, rules, memory, node)
        bound = float("inf")
        mode = HEURISTIC
        while True:
            duals = master.solve_linear()
            self.iterations += 1
            found: list[Column] = []
            loose, tight = duals.floor, duals.floor
            is_whole = True
            for number in self.alike:
                prices = pricing.prices(number, duals, node.bans)
                most = prices.most
                if most <= EPSILON:
                    continue
                loose += self.capacity[number] * most
                labels = pricing.tours(
                    number, prices, mode=mode, above=EPSILON, seconds=self.seconds_left
                )
                is_whole &= labels.is_complete
                if mode == RELAXED:
                    most = float(labels.closed.max(initial=0.0))
                tight += self.capacity[number] * most
                found += self._pick(number, labels)
            bound = min(bound, tight if is_whole else loose)
            if not node.depth:
                self._tighten_bound(bound)
            if self._is_beaten(bound):
                return Relaxation(bound, duals, [], [], pricing)
            for column in found:
                master.add(column)
            columns += found
            if not node.depth:
                self._look_on()
            if self.is_out_of_time:
                if not node.depth:
                    self.leads = _leads(columns, duals.weight.tolist())
                return None
            if found:
                continue
            if mode == HEURISTIC:
                mode = RELAXED
                is_slow = time.monotonic() - self.began > DIVE_SHARE * self.limit
                if not node.depth and not self.leads and is_slow:
                    self.leads = _leads(columns, duals.weight.tolist())
                    self._dive_a_while()
                continue
            if not is_whole:
                return None
            pairs = zip(columns, duals.weight, strict=True)
            used = [(c, float(x)) for c, x in pairs if x > EPSILON]
            if not memory.grow([c for c, _x in used]):
                return Relaxation(tight, duals, [c for c, _ in used], [x for _, x in used], pricing)
            master, columns = self._restricted(problem, rules, memory, node)
            mode = HEURISTIC

    def _restricted(
        self, problem: Problem, rules: Rules, memory: Memory, node: Node
    ) -> tuple[Master, list[Column]]:
        """Return the master problem with all known tours that may be driven."""
        columns = [
            column
            for column in self.columns.values()
            if memory.allows(column) and node.bans.allows(column.shift, column.order)
        ]
        master = Master(
            problem, rules, self.penalty, self.capacity, seed=self.seed, recall=memory.recall
        )
        for column in columns:
            master.add(column)
        return master, columns

    def _pick(self, number: int, labels: Labels) -> list[Column]:
        """Take the best labels, one per set of places."""
        order = np.argsort(-labels.closed, kind="stable")
        picked: list[Column] = []
        sets: set[frozenset[str]] = set()
        for label in order[: 10 * COLUMNS_PER_ROUND].tolist():
            if labels.closed[label] <= EPSILON or len(picked) == COLUMNS_PER_ROUND:
                break
            column = traced_column(number, self.shifts[number], labels, label)
            if column.places not in sets and (number, column.halts) not in self.columns:
                sets.add(column.places)
                self.columns[number, column.halts] = column
                picked.append(column)
        return picked

    # -- whole plans ------------------------------------------------------------------------

    def _choose(self) -> None:
        """Find a good plan among the generated tours."""
        usable = [column for column in self.columns.values() if self.memory.is_sound(column)]
        if usable and not self._is_closed:
            self._offer(self._integer(usable)[0])

    def _integer(self, columns: list[Column]) -> tuple[list[Column], bool]:
        master = Master(self.problem, self.rules, self.penalty, self.capacity, seed=self.seed)
        for column in columns:
            master.add(column)
        return master.solve_integer(columns, self.best, max(0.1, self.seconds_left))

    def _prove(self, node: Node, relaxation: Relaxation, *, is_last: bool = False) -> float | None:
        """Try every tour that a better plan in a node could use.

        Parameters
        ----------
        node : Node
        relaxation : Relaxation
        is_last : bool
            Whether there is no other way to prove it: as many tours as there are.

        Returns
        -------
        float or None
            A bound on the plans of the node that are still to be found; None if the time is up.
        """
        bound = relaxation.bound
        steps = GAP_STEPS if not node.depth else GAP_STEPS[-1:]
        for share in steps:
            if self._is_beaten(bound):
                break
            if self.is_out_of_time:
                return None
            # Only plans that are at least a unit better are of interest.
            target = bound - share * max(0.0, bound - self.best_worth - self.unit)
            opened = relaxation.bound - target
            routes = self._enumerate(node, relaxation, opened, is_limited=not is_last)
            if routes is None:
                break
            chosen, is_best = self._integer(routes)
            self._offer(chosen)
            if not is_best:
                return None
            # A plan with a tour that was not enumerated is worth less than the target.
            bound = float(self.best_worth) if share == 1 else max(self.best_worth, target)
            if not node.depth:
                self._tighten_bound(bound)
        return bound

    def _enumerate(
        self, node: Node, relaxation: Relaxation, opened: float, *, is_limited: bool
    ) -> list[Column] | None:
        """Return every tour that a plan this far below the relaxation can use, the best per set.

        A plan's distance from the relaxation is at least that of each of its tours, whose
        reduced values the duals give. None if there are too many.
        """
        routes = [column for column in self.best if column.halts]
        for number in self.alike:
            prices = relaxation.pricing.prices(number, relaxation.duals, node.bans)
            labels = relaxation.pricing.tours(
                number,
                prices,
                mode=COMPLETE,
                above=-opened - EPSILON,
                seconds=self.seconds_left,
                most_labels=MOST_LABELS if is_limited else MOST_LABELS_EVER,
            )
            if not labels.is_complete:
                return None
            good = np.flatnonzero(labels.closed > -opened - EPSILON)
            routes += self._best_per_set(number, labels, good)
            if is_limited and len(routes) > MOST_ROUTES:
                return None
        return routes

    def _best_per_set(self, number: int, labels: Labels, good: Ints) -> list[Column]:
        """Return the tours that no other tour of the same places beats in all that counts."""
        if not self.problem.budgets and not any(cover.dwell_s for cover in self.problem.covers):
            masks = labels.mask[good]
            keys = -labels.earned[good], *masks.T
            good = good[np.lexsort(keys)]
            masks = labels.mask[good]
            is_first = np.ones(len(good), dtype=np.bool_)
            is_first[1:] = (masks[1:] != masks[:-1]).any(axis=1)
            good = good[is_first]
        by_set: dict[frozenset[str], list[Column]] = {}
        for label in good.tolist():
            column = traced_column(number, self.shifts[number], labels, label)
            known = by_set.setdefault(column.places, [])
            if not any(self._beats(other, column) for other in known):
                known[:] = [other for other in known if not self._beats(column, other)]
                known.append(column)
        return [column for some in by_set.values() for column in some]

    def _beats(self, one: Column, other: Column) -> bool:
        if one.value < other.value:
            return False
        if self.problem.budgets and one.drive_s > other.drive_s:
            return False
        if not any(cover.dwell_s for cover in self.problem.covers):
            return True
        mine, yours = self.rules.coverage(one), self.rules.coverage(other)
        return all(mine[cover] >= count for cover, count in yours.items())


def _leads(columns: Sequence[Column], weights: Sequence[float]) -> list[Column]:
    """Return the tours that a linear programme drives, those with most weight first."""
    used = [(-w, n) for n, w in enumerate(weights) if w > EPSILON]
    return [columns[n] for _weight, n in sorted(used)]


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
            others = rules.budgets_of(number), rules.alternatives_of(number)
            key = shift.key, limits, covers, *map(tuple, others)
            groups.setdefault(key, []).append(number)
    return {numbers[0]: tuple(numbers) for numbers in groups.values()}


def _unit(problem: Problem) -> int:
    """Return the greatest number that every value is a multiple of, at least 1."""
    costs = drive_costs(problem)
    prizes = {option.prize for candidate in problem.candidates for option in candidate.options}
    bonuses = {cover.bonus or 0 for cover in problem.covers}
    return max(1, math.gcd(*prizes, *bonuses, *np.unique(costs).tolist()))


def _ceiling(problem: Problem) -> int:
    """Return what every place together can earn at best, wherever the bus is."""
    best: dict[str, dict[int, int]] = {}
    for candidate in problem.candidates:
        most = max(option.prize for option in candidate.options)
        best.setdefault(candidate.place, {})[candidate.shift] = max(0, most)
    total = sum(cover.bonus or 0 for cover in problem.covers)
    for place, by_shift in best.items():
        times = min(
            (
                limit.at_most
                for limit in problem.limits
                if place in limit.places and limit.shifts >= by_shift.keys()
            ),
            default=len(by_shift),
        )
        total += sum(sorted(by_shift.values(), reverse=True)[:times])
    return total


def _penalty(problem: Problem, unit: int) -> int:
    """More than lies between any two plans, so that keeping a hard rule always pays."""
    most: dict[tuple[str, int], int] = {}
    for candidate in problem.candidates:
        key = candidate.place, candidate.shift
        most[key] = max(abs(option.prize) for option in candidate.options)
    bonuses = sum(cover.bonus or 0 for cover in problem.covers)
    dearest = int(drive_costs(problem).max(initial=0))
    total = 2 * (sum(most.values()) + dearest * (len(most) + len(problem.shifts))) + bonuses
    return (total // unit + 1) * unit
