"""The linear programme over all tours, solved by generating those that improve it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tours.problem import Problem
from tours.solver.branching import Node
from tours.solver.columns import Column, Rules
from tours.solver.extension import HEURISTIC, RELAXED
from tours.solver.incumbent import Incumbent
from tours.solver.instance import Instance
from tours.solver.leads import Leads
from tours.solver.looks import Looks
from tours.solver.master import EPSILON, Duals, Master
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.pricing import Pricing
from tours.solver.timelimit import TimeLimit


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


@dataclass(frozen=True, eq=False)
class _Round:
    """What pricing all shifts once gives.

    Attributes
    ----------
    bound : float
        On all plans of the node.
    is_whole : bool
        Whether no shift was given up before its end.
    """

    bound: float
    is_whole: bool


@dataclass(eq=False)
class Generation:
    """Solves the linear programmes of nodes.

    Attributes
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    pool : Pool
    memory : Memory
        Grows with every node.
    looks : Looks
        What goes on beside it.
    leads : Leads
    rounds : int
        Linear programmes solved so far.
    """

    instance: Instance
    incumbent: Incumbent
    limit: TimeLimit
    pool: Pool
    memory: Memory
    looks: Looks
    leads: Leads
    rounds: int = 0

    def relax(self, node: Node) -> Relaxation | None:
        """Generate tours until none improves the linear programme; None if the time is up.

        The generation ends early where the bound shows that no better plan is left, and with
        None as well where there are more partial tours than can be held.
        """
        problem = replace(self.instance.problem, covers=self.instance.problem.covers + node.covers)
        rules = Rules(problem)
        memory = self.memory.extended(rules) if node.covers else self.memory
        pricing = Pricing(problem, rules, self.instance.shifts, memory)
        master, columns = self._empty(problem, rules, memory), []
        bound = float("inf")
        mode = HEURISTIC
        num_known = 0
        while True:
            # A tour that the search or a dive found is not priced again, so it must not be missed.
            for column in self.pool.since(num_known):
                if memory.allows(column) and node.bans.allows(column.shift, column.order):
                    master.add(column)
                    columns.append(column)
            num_known = len(self.pool)
            duals = master.solve_linear()
            self.rounds += 1
            found = self._price(pricing, duals, node, mode)
            bound = min(bound, found.bound)
            if not node.depth:
                self.incumbent.tighten(bound)
            if self.incumbent.beats(bound):
                return Relaxation(bound, duals, [], [], pricing)
            if not node.depth:
                self.looks.look_on(self.rounds)
            if self.limit.is_up:
                if not node.depth:
                    self.leads.keep(columns, duals.weight.tolist())
                return None
            if len(self.pool) > num_known:
                continue
            if mode == HEURISTIC:
                mode = RELAXED
                if not node.depth:
                    self.leads.dive_early(columns, duals.weight.tolist())
                continue
            if not found.is_whole:
                return None
            pairs = zip(columns, duals.weight, strict=True)
            used = [(c, float(x)) for c, x in pairs if x > EPSILON]
            if not memory.grow([c for c, _x in used]):
                mixed, weights = [c for c, _x in used], [x for _c, x in used]
                return Relaxation(found.bound, duals, mixed, weights, pricing)
            master, columns = self._empty(problem, rules, memory), []
            mode = HEURISTIC
            num_known = 0

    def _empty(self, problem: Problem, rules: Rules, memory: Memory) -> Master:
        """Return the master problem without any tour."""
        return Master(
            problem,
            rules,
            self.instance.penalty,
            self.instance.capacity,
            seed=self.instance.seed,
            recall=memory.recall,
        )

    def _price(self, pricing: Pricing, duals: Duals, node: Node, mode: int) -> _Round:
        """Look for tours of all kinds of shift that improve the linear programme."""
        # What the completion bounds allow, and what was found where all tours were looked at.
        loose, tight = duals.floor, duals.floor
        is_whole = True
        for number, times in self.instance.capacity.items():
            prices = pricing.prices(number, duals, node.bans)
            most = prices.most
            if most <= EPSILON:
                continue
            loose += times * most
            labels = pricing.tours(
                number, prices, mode=mode, above=EPSILON, seconds=self.limit.seconds_left
            )
            is_whole &= labels.is_complete
            if mode == RELAXED:
                most = float(labels.closed.max(initial=0.0))
            tight += times * most
            self.pool.pick(number, labels)
        return _Round(tight if is_whole else loose, is_whole)
