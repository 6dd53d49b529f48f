"""When the search looks for better plans, for how long, and how far it cools down.

Before the bound and once it shows that there may be a better plan, a fixed number of iterations;
beside the bound, a share of the time limit.
"""

from __future__ import annotations

import time
from dataclasses import replace

from tours.solver.columns import Column
from tours.solver.incumbent import Incumbent
from tours.solver.instance import Instance
from tours.solver.pool import Pool
from tours.solver.search import Search
from tours.solver.timelimit import PROOF_SHARE, TimeLimit

# Iterations of the search at first, and where the bound shows that there may be a better
# plan; so many parts each.
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


class Looks:
    """The looks of a run; none where a shift has a break, which the search does not know.

    Parameters
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    pool : Pool
    """

    def __init__(
        self, instance: Instance, incumbent: Incumbent, limit: TimeLimit, pool: Pool
    ) -> None:
        self._incumbent = incumbent
        self._limit = limit
        self._pool = pool
        self._first = {n: group for group, numbers in instance.alike.items() for n in numbers}
        # Seconds that the search had of the time limit; how far it cooled down, and of how much.
        self._looked = 0.0
        self._cooled, self._cooling = 0, COOLING
        self._search = None
        if all(shift.rest is None for shift in instance.problem.shifts):
            self._search = Search(
                instance.problem, instance.shifts, instance.penalty, instance.seed
            )

    def look_first(self) -> None:
        """Look for plans before there is a bound."""
        self._look(FIRST_LOOK)

    def look_again(self) -> None:
        """Look for plans where the bound shows that there may be a better one."""
        self._look(SECOND_LOOK)

    def _look(self, iterations: int) -> None:
        for _part in range(LOOKS):
            if self._search and not self._limit.is_up and not self._incumbent.is_optimal:
                self._take(self._search.run(iterations // LOOKS))

    def look_on(self, rounds: int) -> None:
        """Give the search its share of a time limit.

        It cools down again and again, ever more slowly; or once, over the whole time, where the
        linear programme will hardly be solved and nothing else is to be hoped for.

        Parameters
        ----------
        rounds : int
            Linear programmes solved so far.
        """
        while self._search and self._limit.exists and not self._limit.is_up:
            began = time.monotonic()
            share = self._share(rounds)
            elapsed = began - self._limit.began
            if self._incumbent.is_optimal or self._looked > share * elapsed:
                return
            if share == LONG_LOOK_SHARE:
                hot = max(0.0, 1 - elapsed / self._limit.seconds)
                self._take(self._search.run(LOOK_ON, hot=hot, cold=hot, again=False))
            else:
                self.look_a_little()
            self._looked += time.monotonic() - began

    def look_a_little(self) -> None:
        """Let the search cool down by a step; when it is cold it gets twice as long."""
        if self._search is None:
            return
        begun = self._cooled / self._cooling
        self._cooled += LOOK_ON
        ends = self._cooled / self._cooling
        found = self._search.run(LOOK_ON, hot=1 - begun, cold=1 - ends, again=begun == 0)
        self._take(found)
        if self._cooled >= self._cooling:
            self._cooled, self._cooling = 0, 2 * self._cooling

    def look_to_the_end(self, rounds: int) -> None:
        """Give the search all that is left of a time limit.

        Parameters
        ----------
        rounds : int
            Linear programmes solved.
        """
        while self._search and self._limit.exists and not self._limit.is_up:
            if self._incumbent.is_optimal:
                return
            self._looked = 0.0
            self.look_on(rounds)

    def _share(self, rounds: int) -> float:
        elapsed = time.monotonic() - self._limit.began
        needed = TYPICAL_ROUNDS * (elapsed - self._looked) / max(1, rounds)
        return LOOK_SHARE if needed < PROOF_SHARE * self._limit.seconds else LONG_LOOK_SHARE

    def _take(self, found: list[Column]) -> None:
        plan = [replace(tour, shift=self._first[tour.shift]) for tour in found]
        self._incumbent.offer(plan)
        for tour in plan:
            self._pool.add(tour)
