"""Solve a week to proven optimality: branch and price, with enumeration of what is left.

The linear programme over all tours is solved by generating them (Desaulniers, Desrosiers
and Solomon 2005); its optimum bounds every plan. Every tour that a better plan than the
best known one could use is then enumerated by its reduced value, and an integer programme
over those is exact (Baldacci, Christofides and Mingozzi 2008). Where there are too many of
them, the problem is split in two and both halves are bounded again (Barnhart et al. 1998).
"""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Sequence

from tours.problem import Problem
from tours.schedule import Halt
from tours.solver.branching import Node, branches
from tours.solver.choice import Choice
from tours.solver.columns import missing, plan_value
from tours.solver.generation import Generation, Relaxation
from tours.solver.incumbent import Incumbent
from tours.solver.instance import build_instance
from tours.solver.leads import DIVE_SHARE, Leads
from tours.solver.looks import Looks
from tours.solver.master import EPSILON
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.proof import Proof
from tours.solver.solution import Progress, Solution
from tours.solver.start import known_plan
from tours.solver.ties import settled
from tours.solver.timelimit import LONG_PROOF_SHARE, PROOF_SHARE, TimeLimit

# A gap of this share of the bound is worth another look of the search.
WIDE_GAP = 0.01


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float | None = None,
    patience: float | None = None,
    start: Sequence[Sequence[Halt]] = (),
    most: int | None = None,
    rules_only: bool = False,
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
    start : sequence of sequence of Halt
        A plan to begin with, per shift; the result is worth no less. What of it cannot be
        driven here is left out without a word.
    most : int or None
        What no plan that keeps the hard rules can earn more than, if that is known already.
    rules_only : bool
        Whether the run may end as soon as it is proven that no plan keeps the hard rules,
        without looking for the plan that breaks as few as there must be.
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
    run = _BranchAndPrice(problem, seed, time_limit, patience, rules_only, report, stop)
    return run.run(start, most)


class _BranchAndPrice:
    """One run: what is known, and the parts that add to it."""

    def __init__(
        self,
        problem: Problem,
        seed: int,
        time_limit: float | None,
        patience: float | None,
        rules_only: bool,
        on_progress: Callable[[Progress], None],
        should_stop: Callable[[], bool],
    ) -> None:
        began = time.monotonic()
        instance = build_instance(problem, seed)
        incumbent = Incumbent(instance, on_progress)
        limit = TimeLimit(began, time_limit, patience, rules_only, incumbent, should_stop)
        pool = Pool(instance)
        self.pool = pool
        memory = Memory(instance.shifts, instance.rules)
        self.instance, self.incumbent, self.limit = instance, incumbent, limit
        self.choice = Choice(instance, incumbent, limit, pool, memory)
        self.looks = Looks(instance, incumbent, limit, pool, self.choice)
        self.leads = Leads(instance, incumbent, limit, pool, memory, self.choice, self.looks)
        self.generation = Generation(
            instance, incumbent, limit, pool, memory, self.looks, self.leads
        )
        self.proof = Proof(instance, incumbent, limit, self.choice)

    def run(self, start: Sequence[Sequence[Halt]], most: int | None) -> Solution:
        known = known_plan(self.instance, start)
        self.incumbent.offer(known)
        for column in known:
            self.pool.add(column)
        if most is not None:
            self.incumbent.tighten(float(most))
        self.looks.look_first()
        if self.incumbent.is_optimal:
            return self._solution()
        with self.limit.part(PROOF_SHARE, since=self.limit.began):
            self._branch_and_price()
            is_cut_short = self.limit.is_up
        if self.limit.is_hopeless:
            return self._solution()
        rounds = self.generation.rounds
        if is_cut_short and not self.incumbent.is_optimal and not self.looks.are_all(rounds):
            self.leads.dive_a_while()
        if not self.incumbent.is_optimal and not self.limit.exists:
            self.looks.look_again()
        self.looks.look_to_the_end(rounds)
        return self._solution()

    def _branch_and_price(self) -> None:
        """Bound, enumerate and split until the best plan is proven or the time is up."""
        incumbent = self.incumbent
        nodes: list[tuple[float, int, Node]] = [(-float("inf"), 0, Node())]
        made = 0
        while nodes:
            bound, _number, node = heapq.heappop(nodes)
            if incumbent.beats(-bound):
                break
            relaxation = self.generation.relax(node)
            if relaxation is None:
                # The bounds of the others still hold; this one's is that of its parent.
                return
            if not node.depth:
                self._begin(relaxation)
            elif not incumbent.is_optimal:
                self.choice.among_sound(relaxation.columns)
                self.looks.look_a_little()
                self.looks.look_on(self.generation.rounds)
            left = self.proof.prove(node, relaxation)
            if left is None:
                return
            if not incumbent.beats(left) and not node.depth:
                with self.limit.part(DIVE_SHARE, since=time.monotonic()):
                    self.leads.dive(node.bans)
            if not incumbent.beats(left):
                halves = branches(node, relaxation, self.instance.problem, self.instance.alike)
                if not halves:
                    # Tours that differ in times only: all of them, however many they are.
                    left = self.proof.prove(node, relaxation, is_last=True)
                    if left is None or not incumbent.beats(left):
                        return
                for half in halves:
                    made += 1
                    heapq.heappush(nodes, (-left, made, half))
            incumbent.tighten(max(float(incumbent.worth), -nodes[0][0] if nodes else 0.0))
        incumbent.tighten(float(incumbent.worth))

    def _begin(self, relaxation: Relaxation) -> None:
        """Look for better plans where the problem is still whole."""
        incumbent = self.incumbent
        incumbent.tighten(relaxation.bound)
        self.limit.extend(LONG_PROOF_SHARE)
        self.choice.among_known()
        is_wide = relaxation.bound - incumbent.worth > WIDE_GAP * relaxation.bound
        if is_wide and not self.limit.exists:
            self.looks.look_again()
        if not incumbent.beats(relaxation.bound):
            self.leads.keep(relaxation.columns, relaxation.weights)

    def _solution(self) -> Solution:
        problem, plan = self.instance.problem, self.incumbent.plan
        value, missed = plan_value(problem, plan)
        tours: dict[int, tuple[Halt, ...]] = {}
        for first, shifts in self.instance.alike.items():
            # Any order is as good; a fixed one gives the same plan every time.
            driven = (settled(c, self.instance.shifts[first]) for c in plan if c.shift == first)
            mine = sorted(driven, key=lambda c: c.order)
            tours.update(zip(shifts, (column.halts for column in mine), strict=False))
        is_optimal = self.incumbent.is_optimal
        status = "optimal" if is_optimal else "feasible"
        if missed and (is_optimal or self.limit.is_hopeless):
            status = "infeasible"
        penalty = self.instance.penalty
        highest = min(self.incumbent.bound + penalty * missed, penalty)
        bound = value if is_optimal else max(value, int(highest + EPSILON))
        lacks = missing(problem, plan)
        return Solution(
            tours=tuple(tours.get(s, ()) for s in range(len(self.instance.shifts))),
            value=value,
            bound=bound,
            status=status,
            broken=tuple(
                number
                for number, cover in enumerate(problem.covers)
                if cover.bonus is None and lacks[number]
            ),
            iterations=self.generation.rounds,
            seconds=time.monotonic() - self.limit.began,
        )
