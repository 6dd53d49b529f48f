"""When the search looks for better plans, for how long, and how far it cools down.

Before the bound and once it shows that there may be a better plan, a fixed number of iterations;
beside the bound, a share of the time limit. Each time that it has cooled down, the tours that it
passed are combined anew: the best plan of them is often better than each that they come from.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tours.solver.choice import Choice
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
# What the search gets of a time limit while the bound is being found: less of it each time that
# it cooled down and found nothing; more of it where the linear programme will hardly be solved,
# going by some rounds of it.
LOOK_SHARE = 0.5
LONG_LOOK_SHARE = 0.9
TYPICAL_ROUNDS = 60
# Iterations at a time, and until the search is cold: so many per place.
LOOK_ON = 2000
COOLING_PER_PLACE = 200
# Tours to combine, the ones found last, and what that gets of the time that finding them took.
MOST_COMBINED = 3000
COMBINE_SHARE = 0.2


class Looks:
    """The looks of a run; none where a shift has a break, which the search does not know.

    Parameters
    ----------
    instance : Instance
    incumbent : Incumbent
    limit : TimeLimit
    pool : Pool
    choice : Choice
    """

    def __init__(
        self,
        instance: Instance,
        incumbent: Incumbent,
        limit: TimeLimit,
        pool: Pool,
        choice: Choice,
    ) -> None:
        self._instance = instance
        self._incumbent = incumbent
        self._limit = limit
        self._pool = pool
        self._choice = choice
        self._first = {n: group for group, numbers in instance.alike.items() for n in numbers}
        # Seconds that the search had of the time limit, all in all and to reckon with.
        self._spent = self._looked = self._combined_at = 0.0
        places = {place for shift in instance.shifts for place in shift.places}
        self._usual = max(LOOK_ON, COOLING_PER_PLACE * len(places))
        # How far it cooled down, and of how much; all iterations beside the bound.
        self._cooled, self._cooling, self._iterations = 0, self._usual, 0
        # Worth of the best plan when the search last began, whether it began from that, and how
        # often it found nothing since.
        self._begun_with: int | None = None
        self._is_restart = False
        self._idle = 0
        # Tours by kind of shift and places, the one that earns most of each.
        self._finds: dict[tuple[int, frozenset[str]], Column] = {}
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

        Parameters
        ----------
        rounds : int
            Linear programmes solved so far.
        """
        while self._search and self._limit.exists and not self._limit.is_up:
            began = time.monotonic()
            elapsed = began - self._limit.began
            if self._incumbent.is_optimal or self._looked > self._share(rounds) * elapsed:
                return
            self.look_a_little()
            self._looked += time.monotonic() - began
            self._spent += time.monotonic() - began

    def count(self, seconds: float) -> None:
        """Reckon other ways to look for plans, like dives, towards the share of the search."""
        self._looked += seconds

    def look_a_little(self) -> None:
        """Let the search cool down by a step.

        When cold it begins anew, from the best plan; from none where that brought nothing.
        """
        if self._search is None:
            return
        if self._cooled == 0:
            self._cooling = self._time_to_cool()
            is_stuck = self._incumbent.worth == self._begun_with
            self._idle = self._idle + 1 if is_stuck else 0
            self._begun_with = self._incumbent.worth
            self._is_restart = is_stuck and not self._is_restart
            self._search.begin([] if self._is_restart else self._spread(self._incumbent.plan))
        hot = (1 - self._cooled / self._cooling) ** 2
        self._cooled = min(self._cooled + LOOK_ON, self._cooling)
        cold = (1 - self._cooled / self._cooling) ** 2
        self._take(self._search.run(LOOK_ON, hot=hot, cold=cold, again=False))
        self._iterations += LOOK_ON
        if self._cooled == self._cooling:
            self._cooled = 0
            self._combine()

    def _time_to_cool(self) -> int:
        """Return the iterations until the search is cold, which it should be in the end."""
        left = self._limit.began + self._limit.seconds - time.monotonic()
        if not self._spent or left == float("inf"):
            return self._usual
        last = int(left * self._iterations / self._spent)
        return self._usual if last > 1.5 * self._usual else max(LOOK_ON, last)

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
        return LONG_LOOK_SHARE if self.are_all(rounds) else LOOK_SHARE / (1 + self._idle)

    def are_all(self, rounds: int) -> bool:
        """Tell whether all hope lies in the search: the linear programme will hardly be solved.

        Parameters
        ----------
        rounds : int
            Linear programmes solved so far.
        """
        elapsed = time.monotonic() - self._limit.began
        needed = TYPICAL_ROUNDS * (elapsed - self._spent) / max(1, rounds)
        return needed > PROOF_SHARE * self._limit.seconds

    def _combine(self) -> None:
        """Offer the best plan of the tours that the search passed."""
        if self._search is None or self._incumbent.is_optimal or not self._limit.exists:
            return
        is_new = False
        for tour in self._grouped(self._search.finds()):
            key = tour.shift, tour.places
            is_new |= key not in self._finds
            known = self._finds.pop(key, tour)
            self._finds[key] = max(known, tour, key=lambda column: column.value)
        for key in list(self._finds)[:-MOST_COMBINED]:
            del self._finds[key]
        if not is_new:
            return
        began, took = time.monotonic(), self._spent - self._combined_at
        self._combined_at = self._spent
        with self._limit.part(COMBINE_SHARE * took / self._limit.seconds, since=began):
            self._choice.among([*self._incumbent.plan, *self._finds.values()])
        for tour in self._incumbent.plan:
            self._pool.add(tour)

    def _take(self, found: list[Column]) -> None:
        plan = self._grouped(found)
        self._incumbent.offer(plan)
        for tour in plan:
            self._pool.add(tour)

    def _grouped(self, tours: Iterable[Column]) -> list[Column]:
        """Return tours each with the first of the shifts that are alike."""
        return [replace(tour, shift=self._first[tour.shift]) for tour in tours]

    def _spread(self, plan: Sequence[Column]) -> list[Column]:
        """Return the tours of a plan each with a shift of its own."""
        free = {first: iter(numbers) for first, numbers in self._instance.alike.items()}
        return [replace(tour, shift=next(free[tour.shift])) for tour in plan]
