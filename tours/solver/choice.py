"""The best whole plan of some tours: an integer programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tours.solver.columns import Column
from tours.solver.incumbent import Incumbent
from tours.solver.instance import Instance
from tours.solver.master import Master
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.timelimit import TimeLimit

# What an integer programme gets if the time is nearly up, seconds.
LEAST_S = 0.1


@dataclass(frozen=True, eq=False)
class Choice:
    """Chooses tours and offers what comes of it.

    Attributes
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    pool : Pool
    memory : Memory
    """

    instance: Instance
    incumbent: Incumbent
    limit: TimeLimit
    pool: Pool
    memory: Memory

    def among(self, columns: Sequence[Column]) -> bool:
        """Offer the best plan of these tours; tell whether it is proven to be the best."""
        instance = self.instance
        master = Master(
            instance.problem,
            instance.rules,
            instance.penalty,
            instance.capacity,
            seed=instance.seed,
            unit=instance.unit,
        )
        for column in columns:
            master.add(column)
        seconds = max(LEAST_S, self.limit.seconds_left)
        chosen, is_best = master.solve_integer(columns, self.incumbent.plan, seconds)
        self.incumbent.offer(chosen)
        return is_best

    def among_known(self) -> None:
        """Offer a good plan of the tours that are known."""
        self.among_sound(self.pool)

    def among_sound(self, columns: Iterable[Column]) -> None:
        """Offer a good plan of those tours that visit no place twice."""
        usable = [column for column in columns if self.memory.is_sound(column)]
        if usable and not self.incumbent.is_optimal:
            self.among(usable)
