"""The best plan so far and the bound on all plans, between which the optimum lies."""

from __future__ import annotations

import math
from collections.abc import Callable

from tours.solver.columns import Column, plan_value
from tours.solver.instance import Instance
from tours.solver.master import EPSILON
from tours.solver.scale import ceiling, most_spent
from tours.solver.solution import Progress


class Incumbent:
    """The best plan and the bound of a run; tells of each new one.

    Parameters
    ----------
    instance : Instance
    on_progress : callable

    Attributes
    ----------
    plan : list of Column
        At first the one in which no bus drives.
    worth : int
        Value of the plan less the penalties that the master charges.
    bound : float
        No plan's worth is above it.
    """

    def __init__(self, instance: Instance, on_progress: Callable[[Progress], None]) -> None:
        self._instance = instance
        self._on_progress = on_progress
        self.plan: list[Column] = []
        self.worth = self._worth_of([])
        self.bound = float(ceiling(instance.problem))
        self._least = -most_spent(instance.problem)

    def offer(self, chosen: list[Column]) -> None:
        """Keep a plan if it is better."""
        worth = self._worth_of(chosen)
        if worth > self.worth:
            self.plan, self.worth = chosen, worth
            self._report("proof")

    def tighten(self, bound: float) -> None:
        """Keep a bound on all plans if it is lower."""
        if bound < self.bound - 0.5:
            self.bound = bound
            self._report("bound")
        self.bound = min(self.bound, bound)

    def beats(self, bound: float) -> bool:
        """Tell whether no plan that a bound holds for is better than the best one.

        Values are multiples of a unit: a bound less than one above the best plan proves it.
        """
        return bound < self.worth + self._instance.unit - EPSILON

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no plan is better."""
        return self.beats(self.bound)

    @property
    def keeps_rules(self) -> bool:
        """Whether the best plan keeps the hard rules."""
        return plan_value(self._instance.problem, self.plan)[1] == 0

    @property
    def is_hopeless(self) -> bool:
        """Whether it is proven that no plan keeps the hard rules."""
        # Each that does is worth this at least, and each that does not is penalised below it.
        return self.bound < self._least - EPSILON

    def _worth_of(self, chosen: list[Column]) -> int:
        value, missed = plan_value(self._instance.problem, chosen)
        return value - self._instance.penalty * missed

    def _report(self, phase: str) -> None:
        # As long as rules are broken, values are full of penalties that mean nothing to people.
        is_kept = self.keeps_rules
        self._on_progress(
            Progress(
                phase,
                self.worth if is_kept else None,
                int(self.bound) if is_kept and math.isfinite(self.bound) else None,
            )
        )
