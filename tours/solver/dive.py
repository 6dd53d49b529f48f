"""From the linear programme to a good plan: its best tour is driven, and the rest solved again.

The tours that a linear programme mixes are good ones, though no plan by themselves. One after the
other is decided on, and new tours are generated for the afternoons and places that are left
(diving, Sadykov et al. 2019), so that they fit those that were decided.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tours.problem import Cover, Limit, Problem
from tours.solver.columns import Column, Rules, missing
from tours.solver.extension import HEURISTIC
from tours.solver.instance import Instance
from tours.solver.master import EPSILON, Master
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.pricing import Bans, Pricing

# Rounds of new tours after each decision.
ROUNDS = 15
# With more afternoons there are too many decisions to take.
MOST_SHIFTS = 6


def can_dive(problem: Problem) -> bool:
    """Tell whether what is left after some tours is a problem of the same kind, and soon solved."""
    in_minutes = any(cover.dwell_s for cover in problem.covers)
    is_other = problem.budgets or problem.alternatives or in_minutes
    return not is_other and len(problem.shifts) <= MOST_SHIFTS


@dataclass(frozen=True, eq=False)
class Diver:
    """Dives into a problem.

    Attributes
    ----------
    instance : Instance
    memory : Memory
    until : float
        Monotonic seconds.
    """

    instance: Instance
    memory: Memory
    until: float

    def is_whole(self, column: Column, rules: Rules | None = None) -> bool:
        """Tell whether a tour can be driven as a whole: no place twice, and all limits kept.

        Parameters
        ----------
        column : Column
        rules : Rules or None
            Those that are left; None for those of the problem.
        """
        rules = rules or self.instance.rules
        visits = rules.visits(column).items()
        return self.memory.is_sound(column) and all(
            count <= rules.limits[limit].at_most for limit, count in visits
        )

    def dive(
        self, first: Column, columns: Iterable[Column], bans: Bans
    ) -> tuple[list[Column], list[Column]]:
        """Return a plan that begins with a tour, and the tours generated on the way.

        Parameters
        ----------
        first : Column
            One that can be driven as a whole.
        columns : iterable of Column
            Tours that are known already.
        bans : Bans
            What tours may not do.
        """
        chosen, known = [first], Pool(self.instance, columns)
        made: list[Column] = []
        while time.monotonic() < self.until:
            capacity = self._capacity(chosen)
            if not any(capacity.values()):
                break
            more = self._round(chosen, capacity, known, bans, made)
            if more is None:
                break
            chosen.append(more)
        return chosen, made

    def _capacity(self, chosen: Sequence[Column]) -> dict[int, int]:
        return {
            first: len(numbers) - sum(column.shift == first for column in chosen)
            for first, numbers in self.instance.alike.items()
        }

    def _round(
        self,
        chosen: Sequence[Column],
        capacity: Mapping[int, int],
        known: Pool,
        bans: Bans,
        made: list[Column],
    ) -> Column | None:
        """Return the next tour to decide on; None if no further one is worth it."""
        problem = replace(
            self.instance.problem, covers=self._covers(chosen), limits=self._limits(chosen)
        )
        rules = Rules(problem)
        narrowed = Bans(bans.places | self._full(rules), bans.arcs)
        pricing = Pricing(problem, rules, self.instance.shifts, self.memory)
        usable = [
            column
            for column in known
            if capacity[column.shift]
            and narrowed.allows(column.shift, column.order)
            and self.memory.allows(column)
        ]
        master = Master(
            problem,
            rules,
            self.instance.penalty,
            capacity,
            seed=self.instance.seed,
            recall=self.memory.recall,
        )
        for column in usable:
            master.add(column)
        duals = master.solve_linear()
        for _round in range(ROUNDS):
            found: list[Column] = []
            for number, room in capacity.items():
                if room and time.monotonic() < self.until:
                    prices = pricing.prices(number, duals, narrowed)
                    left = self.until - time.monotonic()
                    labels = pricing.tours(
                        number, prices, mode=HEURISTIC, above=EPSILON, seconds=left
                    )
                    found += known.pick(number, labels)
            if not found:
                break
            for column in found:
                master.add(column)
            usable += found
            made += found
            duals = master.solve_linear()
        sound = [
            (weight, column.value, -position)
            for position, (column, weight) in enumerate(zip(usable, duals.weight, strict=True))
            if weight > EPSILON and self.is_whole(column, rules)
        ]
        return usable[-max(sound)[2]] if sound else None

    def _covers(self, chosen: Sequence[Column]) -> tuple[Cover, ...]:
        """Return what is left to be covered; what is done earns nothing more."""
        lacks = missing(self.instance.problem, chosen)
        return tuple(
            replace(cover, at_least=lack) if lack else replace(cover, at_least=1, bonus=0)
            for cover, lack in zip(self.instance.problem.covers, lacks, strict=True)
        )

    def _limits(self, chosen: Sequence[Column]) -> tuple[Limit, ...]:
        """Return the visits that are still allowed."""
        used = dict.fromkeys(range(len(self.instance.problem.limits)), 0)
        for column in chosen:
            for number, count in self.instance.rules.visits(column).items():
                used[number] += count
        return tuple(
            replace(limit, at_most=limit.at_most - used[number])
            for number, limit in enumerate(self.instance.problem.limits)
        )

    def _full(self, rules: Rules) -> frozenset[tuple[int, str]]:
        """Return where no more visits are allowed: kinds of shift, and places."""
        return frozenset(
            (number, place)
            for number in self.instance.alike
            for place in self.instance.shifts[number].places
            if any(rules.limits[limit].at_most == 0 for limit in rules.limits_of(place, number))
        )
