"""The tours of a linear programme that are worth a dive, and the dives from them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tours.solver.choice import Choice
from tours.solver.columns import Column
from tours.solver.dive import Diver, can_dive
from tours.solver.incumbent import Incumbent
from tours.solver.instance import Instance
from tours.solver.looks import Looks
from tours.solver.master import EPSILON
from tours.solver.memory import Memory
from tours.solver.pool import Pool
from tours.solver.pricing import Bans
from tours.solver.timelimit import TimeLimit

# Tours of the linear programme that a plan is begun with, and what that gets of a time limit
# where the linear programme was not solved.
MOST_DIVES = 4
DIVE_SHARE = 0.1


@dataclass(eq=False)
class Leads:
    """Keeps the tours that the linear programme mixes, and begins plans with them.

    Attributes
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    pool : Pool
    memory : Memory
    choice : Choice
    looks : Looks
        What the dives' time is taken from.
    """

    instance: Instance
    incumbent: Incumbent
    limit: TimeLimit
    pool: Pool
    memory: Memory
    choice: Choice
    looks: Looks
    _columns: list[Column] = field(default_factory=list)

    def keep(self, columns: Sequence[Column], weights: Sequence[float]) -> None:
        """Keep the tours that a linear programme drives, those with most weight first."""
        used = [(-w, n) for n, w in enumerate(weights) if w > EPSILON]
        self._columns = [columns[n] for _weight, n in sorted(used)]

    def dive(self, bans: Bans) -> None:
        """Look for a better plan among the tours that the linear programme mixes."""
        if not can_dive(self.instance.problem):
            return
        began = time.monotonic()
        diver = Diver(self.instance, self.memory, until=self.limit.deadline)
        for lead in [lead for lead in self._columns if diver.is_whole(lead)][:MOST_DIVES]:
            if self.limit.is_up or self.incumbent.is_optimal:
                break
            chosen, made = diver.dive(lead, self.pool, bans)
            self.incumbent.offer(chosen)
            for column in made:
                self.pool.add(column)
        self.looks.count(time.monotonic() - began)

    def dive_early(self, columns: Sequence[Column], weights: Sequence[float]) -> None:
        """Dive once from the first tours, where generating them took much of a time limit.

        Parameters
        ----------
        columns : sequence of Column
        weights : sequence of float
        """
        is_slow = time.monotonic() - self.limit.began > DIVE_SHARE * self.limit.seconds
        if is_slow and not self._columns:
            self.keep(columns, weights)
            self.dive_a_while()

    def dive_a_while(self) -> None:
        """Dive for a share of the time limit, and combine what was found."""
        with self.limit.part(DIVE_SHARE, since=time.monotonic()):
            self.dive(Bans())
            self.choice.among_known()
