"""The smallest set of rules that cannot hold together, found by solving.

A set of rules conflicts if no plan keeps them all. Whoever takes a smallest one apart finds a
plan for each part, so it says what to give up, and nothing else has to be looked at.

Every plan shows a set of rules that can hold together; a conflict must have a rule outside of
each such set. The smallest set of rules that has one outside of all of them is tried: either it
conflicts, and nothing smaller does, or its plan is one more to go by (Ignatiev, Previti,
Liffiton and Marques-Silva 2015). An irreducible conflict is looked for first (Junker 2004), for
the case that the time does not suffice.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from tours.problem import Problem
from tours.schedule import Halt
from tours.solver.exact import solve
from tours.solver.hittingset import smallest_hitting_set
from tours.solver.rule import NONE, Rule, Set, is_kept, single_rules
from tours.solver.solution import Solution
from tours.solver.trial import allows_fewer_stops, trial_problem

# A single trial takes at most this share of the time that is left, and is given up before.
SHARE_OF_TIME = 0.25
# Looking for a plan that keeps many rules at once is worth so many seconds.
WIDENING_S = 2.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rules that cannot hold together, and how much of that is proven.

    Attributes
    ----------
    rules : tuple of Rule
        None if what is in no rule is already impossible.
    is_proven : bool
        Whether no plan keeps them all. If not, none was found in the time allowed.
    is_irreducible : bool
        Whether it is proven, by a plan each, that all but any one of them can hold together.
    is_smallest : bool
        Whether all sets of fewer rules can hold together.
    """

    rules: tuple[Rule, ...]
    is_proven: bool
    is_irreducible: bool
    is_smallest: bool


def smallest_conflict(
    problem: Problem,
    rules: Sequence[Rule] | None = None,
    *,
    is_infeasible: bool = False,
    seed: int = 0,
    time_limit: float | None = None,
) -> Conflict | None:
    """Return the smallest set of rules that cannot hold together; None if all of them can.

    Parameters
    ----------
    problem : Problem
    rules : sequence of Rule or None
        What may be given up; all else always holds. None for every rule by itself.
    is_infeasible : bool
        Whether it is known already that no plan keeps all rules.
    seed : int
    time_limit : float or None
        Seconds for all trials together; None for no limit.
    """
    given = single_rules(problem) if rules is None else tuple(rules)
    until = float("inf") if time_limit is None else time.monotonic() + time_limit
    return _Hunt(problem, given, seed, until, is_infeasible).run()


class _Hunt:
    """The search for one conflict. Sets of rules are sets of their positions."""

    def __init__(
        self,
        problem: Problem,
        rules: tuple[Rule, ...],
        seed: int,
        until: float,
        is_infeasible: bool,
    ) -> None:
        self.problem = problem
        self.rules = rules
        self.seed = seed
        self.until = until
        self.everything: Set = frozenset(range(len(rules)))
        # Only what asks for visits can be too much; all else can be kept by staying at home.
        self.asking: Set = frozenset(n for n, rule in enumerate(rules) if rule.covers)
        self.may_drop_stops = allows_fewer_stops(problem)
        self.good: list[Set] = []
        self.bad: list[Set] = [self.everything] if is_infeasible else []
        self.unknown: set[Set] = set()

    def run(self) -> Conflict | None:
        if self._holds(NONE) is False:
            return Conflict((), True, True, True)
        others = self.everything - self.asking
        start = self.everything
        for number in sorted(self.asking):
            if self._holds(others | {number}) is False:
                start = others | {number}
                break
        holds = self._holds(start)
        if holds:
            return None
        if holds is None:
            return self._result(start, is_smallest=False)
        irreducible = self._irreducible(start)
        smallest = self._smallest(irreducible)
        if smallest is None:
            return self._result(irreducible, is_smallest=False)
        return self._result(smallest, is_smallest=True)

    def _result(self, found: Set, *, is_smallest: bool) -> Conflict:
        return Conflict(
            rules=tuple(self.rules[n] for n in sorted(found)),
            is_proven=self._known(found) is False,
            is_irreducible=all(self._known(found - {n}) for n in found),
            is_smallest=is_smallest,
        )

    # -- trials -----------------------------------------------------------------------------

    def _known(self, chosen: Set) -> bool | None:
        """Tell whether rules can hold together, as far as the trials so far say."""
        if any(chosen <= good for good in self.good):
            return True
        if any(bad <= chosen for bad in self.bad):
            return False
        return None

    def _holds(self, chosen: Set) -> bool | None:
        """Tell whether rules can hold together; None if the time does not suffice."""
        known = self._known(chosen)
        if known is not None or chosen in self.unknown:
            return known
        solution = self._solve(chosen, NONE, self._seconds(None))
        if solution is None or (solution.broken and solution.status != "infeasible"):
            self.unknown.add(chosen)
            return None
        if solution.broken:
            self.bad.append(chosen)
            return False
        self.good.append(chosen | self._kept(solution.tours))
        return True

    def _widest(self, chosen: Set) -> Set:
        """Return rules that hold together with some that do, as many as are found in a moment."""
        others = self.everything - self.asking
        if self._holds(chosen | others):
            chosen = chosen | others
        soft = self.asking - chosen
        solution = self._solve(chosen, soft, self._seconds(WIDENING_S))
        if solution is not None and not solution.broken:
            self.good.append(chosen | self._kept(solution.tours))
        return max((good for good in self.good if chosen <= good), key=len)

    def _seconds(self, most: float | None) -> float | None:
        """Return how long a trial may take; None for as long as it likes."""
        left = self.until - time.monotonic()
        if left == float("inf"):
            return most
        share = max(0.0, left) * SHARE_OF_TIME
        return share if most is None else min(share, most)

    def _solve(self, hard: Set, soft: Set, seconds: float | None) -> Solution | None:
        if time.monotonic() >= self.until:
            return None
        trial = trial_problem(self.problem, self.rules, hard, soft, self.may_drop_stops)
        return solve(trial, seed=self.seed, time_limit=seconds, rules_only=not soft)

    def _kept(self, tours: Sequence[Sequence[Halt]]) -> Set:
        """Return the rules that a plan keeps."""
        return frozenset(
            n for n, rule in enumerate(self.rules) if is_kept(self.problem, rule, tours)
        )

    # -- sets -------------------------------------------------------------------------------

    def _irreducible(self, start: Set) -> Set:
        """Return a conflict within one that has no smaller one in it."""
        asking = start & self.asking
        if self._holds(asking) is False:
            start = asking
        # What nobody asks for goes first, so that the conflict is about visits.
        order = sorted(start, key=lambda n: (n in self.asking, n))
        return frozenset(self._needed(NONE, False, tuple(order)))

    def _needed(self, base: Set, is_new: bool, rules: tuple[int, ...]) -> tuple[int, ...]:
        """Return which rules are needed for a conflict with those in the base."""
        if is_new and self._holds(base) is False:
            return ()
        if len(rules) == 1:
            return rules
        half = len(rules) // 2
        first, second = rules[:half], rules[half:]
        from_first = self._needed(base | frozenset(second), True, first)
        from_second = self._needed(base | frozenset(from_first), bool(from_first), second)
        return (*from_first, *from_second)

    def _smallest(self, found: Set) -> Set | None:
        """Return a smallest conflict, no larger than one that was found; None if out of time."""
        widened: set[Set] = set()
        size = 0
        while True:
            outside = [self.everything - good for good in self.good]
            hits = smallest_hitting_set(outside, size, len(found), self.until)
            if hits is None:
                return None
            size = len(hits)
            if size >= len(found):
                return found
            holds = self._holds(hits)
            if holds is False:
                return hits
            if holds is None or hits in widened:
                return None
            widened.add(hits)
            self._widest(hits)
