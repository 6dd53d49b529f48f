"""Solving one problem after another within a limit of time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from tours.fingerprint import fingerprint
from tours.plan import Plan
from tours.problem import Problem
from tours.solver.conflict import Conflict, smallest_conflict
from tours.solver.exact import solve
from tours.solver.rule import Rule
from tours.solver.solution import Progress, Solution
from tours.startplan import start_plan

# What a further attempt gets when the time is up, seconds.
LAST_ATTEMPT_S = 1.0
# If there is no plan that keeps all rules after so many seconds, a reason is looked for.
PATIENCE_S = 3.0
# The longest that rules which cannot hold together are looked for, seconds.
HUNT_S = 60.0
# What such a hunt gets of a time limit, unless it is all that is left to do.
HUNT_SHARE = 0.5


class Attempts:
    """Solves problems one after another within a limit of time.

    Parameters
    ----------
    seed : int
    time_limit : float or None
        Seconds for all of them together; None for no limit.
    on_progress : callable or None
    should_stop : callable or None
        Asked again and again; once it says so, the best plan so far is taken.
    known : sequence of Plan
        Plans of the same weeks to begin with; what comes of it is worth no less, where they are
        still possible.
    """

    def __init__(
        self,
        seed: int = 0,
        time_limit: float | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
        known: Sequence[Plan] = (),
    ) -> None:
        self.should_stop = should_stop or (lambda: False)
        self.seed = seed
        self.time_limit = time_limit
        self.on_progress = on_progress
        self.known = tuple(known)
        self.until = None if time_limit is None else time.monotonic() + time_limit

    @property
    def seconds_left(self) -> float | None:
        """What an attempt may take; a moment even if the time is up, None without a limit."""
        if self.should_stop():
            return (
                LAST_ATTEMPT_S if self.time_limit is None else min(LAST_ATTEMPT_S, self.time_limit)
            )
        if self.until is None or self.time_limit is None:
            return None
        return max(self.until - time.monotonic(), min(LAST_ATTEMPT_S, self.time_limit))

    def solve(self, problem: Problem, share: float = 1.0) -> Solution:
        """Solve a problem in the time that is left, or a share of it.

        If no plan keeps the hard rules, it is not asked how many can be kept.
        """
        left = self.seconds_left
        return solve(
            problem,
            seed=self.seed,
            time_limit=None if left is None else share * left,
            start=start_plan(problem, self.known),
            most=self._most(problem),
            rules_only=True,
            on_progress=self.on_progress,
            # Whoever was stopped already gets a last moment instead.
            should_stop=None if self.should_stop() else self.should_stop,
        )

    def first(self, problem: Problem, *, rules_only: bool = True) -> Solution:
        """Solve a problem, but give up after some seconds if no plan keeps the hard rules.

        Parameters
        ----------
        problem : Problem
        rules_only : bool
            See `tours.solver.exact.solve`.

        Raises
        ------
        KeyboardInterrupt
            If it was stopped before there was such a plan.
        """
        left = self.seconds_left
        patience = PATIENCE_S if left is None else min(PATIENCE_S, left / 2)
        solution = solve(
            problem,
            seed=self.seed,
            time_limit=left,
            patience=patience,
            start=start_plan(problem, self.known),
            most=self._most(problem),
            rules_only=rules_only,
            on_progress=self.on_progress,
            should_stop=self.should_stop,
        )
        if self.should_stop():
            if solution.broken:
                raise KeyboardInterrupt
            return solution
        if solution.broken or solution.status == "optimal":
            return solution
        if left is not None and solution.seconds >= left:
            return solution
        # A plan was found in the last moment, and the search ended all the same.
        return self.solve(problem)

    def _most(self, problem: Problem) -> int | None:
        """Return the bound of known plans that solved the very same problem."""
        if not self.known:
            return None
        solved = fingerprint(problem)
        return min((plan.bound for plan in self.known if plan.problem == solved), default=None)

    def conflict(
        self, problem: Problem, rules: Sequence[Rule], *, is_infeasible: bool
    ) -> Conflict | None:
        """Look for the smallest set of rules that cannot hold together.

        Parameters
        ----------
        problem : Problem
        rules : sequence of Rule
        is_infeasible : bool
            Whether it is known that no plan keeps them all.
        """
        if self.on_progress is not None:
            self.on_progress(Progress("conflict", None, None))
        left = self.seconds_left
        share = 1.0 if is_infeasible else HUNT_SHARE
        return smallest_conflict(
            problem,
            rules,
            is_infeasible=is_infeasible,
            seed=self.seed,
            time_limit=HUNT_S if left is None else min(HUNT_S, share * left),
        )
