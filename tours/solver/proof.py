"""The proof of a node by enumeration: every tour that a better plan could use is tried.

A plan's distance from the relaxation is at least that of each of its tours, whose reduced values
the duals give. So a gap between bound and best plan leaves few tours to combine.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from tours.solver.arrays import Ints
from tours.solver.branching import Node
from tours.solver.choice import Choice
from tours.solver.columns import Column, traced_column
from tours.solver.extension import COMPLETE
from tours.solver.generation import Relaxation
from tours.solver.incumbent import Incumbent
from tours.solver.instance import Instance
from tours.solver.labels import Labels
from tours.solver.master import EPSILON
from tours.solver.pricing import MOST_LABELS as MOST_LABELS_EVER
from tours.solver.timelimit import TimeLimit

# Enumeration gives up beyond these, and the problem is split instead.
MOST_ROUTES = 8_000
MOST_LABELS = 200_000
# With a time limit even where there is no other way: more could not be combined in time.
MOST_AT_LAST = 100_000
# What the integer programme over them gets of a time limit, before the problem is split as well.
CHOICE_SHARE = 0.1
# The gap between bound and best plan is closed in steps, so that the last, costly one is
# rarely needed.
GAP_STEPS = (0.15, 0.4, 1.0)


@dataclass(frozen=True, eq=False)
class Proof:
    """Proves nodes.

    Attributes
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    choice : Choice
    """

    instance: Instance
    incumbent: Incumbent
    limit: TimeLimit
    choice: Choice

    def prove(self, node: Node, relaxation: Relaxation, *, is_last: bool = False) -> float | None:
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
            if self.incumbent.beats(bound):
                break
            if self.limit.is_up:
                return None
            # Only plans that are at least a unit better are of interest.
            gap = bound - self.incumbent.worth - self.instance.unit
            target = bound - share * max(0.0, gap)
            opened = relaxation.bound - target
            routes = self._enumerate(node, relaxation, opened, is_limited=not is_last)
            if routes is None:
                break
            with self.limit.part(1 if is_last else CHOICE_SHARE, since=time.monotonic()):
                if not self.choice.among(routes):
                    break
            # A plan with a tour that was not enumerated is worth less than the target.
            worth = self.incumbent.worth
            bound = float(worth) if share == 1 else max(worth, target)
            if not node.depth:
                self.incumbent.tighten(bound)
        return bound

    def _enumerate(
        self, node: Node, relaxation: Relaxation, opened: float, *, is_limited: bool
    ) -> list[Column] | None:
        """Return every tour that a plan this far below the relaxation can use, the best per set.

        None if there are too many.
        """
        routes = [column for column in self.incumbent.plan if column.halts]
        for number in self.instance.alike:
            prices = relaxation.pricing.prices(number, relaxation.duals, node.bans)
            labels = relaxation.pricing.tours(
                number,
                prices,
                mode=COMPLETE,
                above=-opened - EPSILON,
                seconds=self.limit.seconds_left,
                most_labels=MOST_LABELS if is_limited else MOST_LABELS_EVER,
            )
            if not labels.is_complete:
                return None
            good = np.flatnonzero(labels.closed > -opened - EPSILON)
            if self.limit.exists and len(good) > MOST_AT_LAST:
                return None
            routes += self._best_per_set(number, labels, good)
            if is_limited and len(routes) > MOST_ROUTES:
                return None
        return routes

    def _best_per_set(self, number: int, labels: Labels, good: Ints) -> list[Column]:
        """Return the tours that no other tour of the same places beats in all that counts."""
        problem = self.instance.problem
        if not problem.budgets and not any(cover.dwell_s for cover in problem.covers):
            masks = labels.mask[good]
            keys = -labels.earned[good], *masks.T
            good = good[np.lexsort(keys)]
            masks = labels.mask[good]
            is_first = np.ones(len(good), dtype=np.bool_)
            is_first[1:] = (masks[1:] != masks[:-1]).any(axis=1)
            good = good[is_first]
        by_set: dict[frozenset[str], list[Column]] = {}
        for label in good.tolist():
            column = traced_column(number, self.instance.shifts[number], labels, label)
            known = by_set.setdefault(column.places, [])
            if not any(self._beats(other, column) for other in known):
                known[:] = [other for other in known if not self._beats(column, other)]
                known.append(column)
        return [column for some in by_set.values() for column in some]

    def _beats(self, one: Column, other: Column) -> bool:
        problem, rules = self.instance.problem, self.instance.rules
        if one.value < other.value:
            return False
        if problem.budgets and one.drive_s > other.drive_s:
            return False
        if not any(cover.dwell_s for cover in problem.covers):
            return True
        mine, yours = rules.coverage(one), rules.coverage(other)
        return all(mine[cover] >= count for cover, count in yours.items())
