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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tours.problem import Candidate, Cover, Option, Problem
from tours.schedule import Halt
from tours.solver.exact import solve
from tours.solver.solution import Solution

# A single trial takes at most this share of the time that is left, and is given up before.
SHARE_OF_TIME = 0.25
# Looking for a plan that keeps many rules at once is worth so many seconds.
WIDENING_S = 2.0

Set = frozenset[int]
_NONE: Set = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Parts of a problem that a person would take away together.

    Attributes
    ----------
    name : str
    covers, limits, budgets, orders : frozenset of int
        Positions in the problem; covers only of the hard ones.
    rests : frozenset of int
        Positions of the shifts whose break is meant.
    """

    name: str
    covers: Set = _NONE
    limits: Set = _NONE
    budgets: Set = _NONE
    orders: Set = _NONE
    rests: Set = _NONE


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


def single_rules(problem: Problem) -> tuple[Rule, ...]:
    """Return every rule of a problem by itself: hard covers, limits, budgets, orders, breaks."""
    return (
        *(
            Rule(cover.name, covers=frozenset({number}))
            for number, cover in enumerate(problem.covers)
            if cover.bonus is None
        ),
        *(Rule(limit.name, limits=frozenset({n})) for n, limit in enumerate(problem.limits)),
        *(Rule(budget.name, budgets=frozenset({n})) for n, budget in enumerate(problem.budgets)),
        *(Rule(order.name, orders=frozenset({n})) for n, order in enumerate(problem.orders)),
        *(
            Rule(shift.id, rests=frozenset({number}))
            for number, shift in enumerate(problem.shifts)
            if shift.rest is not None
        ),
    )


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
        self.may_drop_stops = _may_drop_stops(problem)
        self.good: list[Set] = []
        self.bad: list[Set] = [self.everything] if is_infeasible else []
        self.unknown: set[Set] = set()

    def run(self) -> Conflict | None:
        if self._holds(_NONE) is False:
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
        solution = self._solve(chosen, _NONE, self._seconds(None))
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
        trial = _trial(self.problem, self.rules, hard, soft, self.may_drop_stops)
        return solve(trial, seed=self.seed, time_limit=seconds, rules_only=not soft)

    def _kept(self, tours: Sequence[Sequence[Halt]]) -> Set:
        """Return the rules that a plan keeps."""
        return frozenset(
            n for n, rule in enumerate(self.rules) if _is_kept(self.problem, rule, tours)
        )

    # -- sets -------------------------------------------------------------------------------

    def _irreducible(self, start: Set) -> Set:
        """Return a conflict within one that has no smaller one in it."""
        asking = start & self.asking
        if self._holds(asking) is False:
            start = asking
        # What nobody asks for goes first, so that the conflict is about visits.
        order = sorted(start, key=lambda n: (n in self.asking, n))
        return frozenset(self._needed(_NONE, False, tuple(order)))

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
            hits = _hitting_set(outside, size, len(found), self.until)
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


def _hitting_set(sets: Sequence[Set], least: int, most: int, until: float) -> Set | None:
    """Return a smallest set that has something in common with each; None if out of time.

    Parameters
    ----------
    sets : sequence of frozenset of int
        None of them empty.
    least : int
        It is known that fewer do not suffice.
    most : int
        As many are enough, whichever they are: nothing larger is looked for.
    until : float
        Monotonic seconds.
    """
    # A set within another one is harder to hit, and enough to look at.
    minimal = [
        one
        for n, one in enumerate(sets)
        if not any(other < one or (other == one and k < n) for k, other in enumerate(sets))
    ]
    minimal.sort(key=lambda one: (len(one), sorted(one)))

    def extend(chosen: Set, more: int) -> Set | None:
        missed = next((one for one in minimal if not one & chosen), None)
        if missed is None:
            return chosen
        if more == 0 or time.monotonic() >= until:
            return None
        for element in sorted(missed):
            if found := extend(chosen | {element}, more - 1):
                return found
        return None

    for size in range(least, most):
        if (found := extend(_NONE, size)) is not None:
            return found
        if time.monotonic() >= until:
            return None
    return frozenset(range(most))


def _trial(
    problem: Problem, rules: Sequence[Rule], hard: Set, soft: Set, may_drop_stops: bool
) -> Problem:
    """Return the problem of keeping rules, without all that makes plans better or worse."""

    def parts(kind: str, chosen: Iterable[int]) -> Set:
        return frozenset(p for n in chosen for p in getattr(rules[n], kind))

    every = range(len(rules))
    gone = {
        kind: parts(kind, every) - parts(kind, hard)
        for kind in ("covers", "limits", "budgets", "orders", "rests")
    }
    wanted = parts("covers", soft)
    covers: list[Cover] = []
    for number, cover in enumerate(problem.covers):
        if number in wanted:
            covers.append(replace(cover, bonus=1))
        elif cover.bonus is None and number not in gone["covers"]:
            covers.append(cover)
    shifts = tuple(
        replace(shift, rest=None) if number in gone["rests"] else shift
        for number, shift in enumerate(problem.shifts)
    )
    candidates = problem.candidates
    if may_drop_stops and all(shift.rest is None for shift in shifts):
        candidates = tuple(
            candidate
            for candidate in candidates
            if any(cover.counts(candidate.place, candidate.shift) for cover in covers)
        )
    return replace(
        problem,
        shifts=shifts,
        candidates=tuple(_without_prizes(candidate, covers) for candidate in candidates),
        covers=tuple(covers),
        limits=tuple(x for n, x in enumerate(problem.limits) if n not in gone["limits"]),
        budgets=tuple(x for n, x in enumerate(problem.budgets) if n not in gone["budgets"]),
        orders=tuple(x for n, x in enumerate(problem.orders) if n not in gone["orders"]),
        driving_price=0,
        distance_price=0,
    )


def _without_prizes(candidate: Candidate, covers: Sequence[Cover]) -> Candidate:
    """Return a candidate with the options that matter where only visits count."""
    counts_dwell = any(
        cover.dwell_s and cover.counts(candidate.place, candidate.shift) for cover in covers
    )
    shortest: dict[tuple[int, int, int], Option] = {}
    for option in candidate.options:
        # Whoever stays shorter can do all that others can, unless minutes are asked for.
        key = option.start_s, option.slack_s, option.dwell_s if counts_dwell else 0
        known = shortest.get(key)
        if known is None or option.dwell_s < known.dwell_s:
            shortest[key] = replace(option, prize=0)
    return replace(candidate, options=tuple(shortest.values()))


def _may_drop_stops(problem: Problem) -> bool:
    """Tell whether any tour without one of its stops is still a tour: no detour saves time."""
    seconds, index = problem.travel.seconds, problem.travel.index
    reserve = problem.buffer_s + problem.setup_s
    shortest: dict[str, int] = {}
    for candidate in problem.candidates:
        least = min(option.dwell_s for option in candidate.options)
        shortest[candidate.place] = min(least, shortest.get(candidate.place, least))
    rows = [index(shift.depot) for shift in problem.shifts] + [index(p) for p in shortest]
    direct = seconds[np.ix_(rows, rows)]
    for place, dwell in shortest.items():
        via = seconds[rows, index(place)][:, None] + seconds[index(place), rows][None, :]
        # Time at the wheel is counted without the stop.
        stop = 0 if problem.budgets else dwell + reserve
        if (via + stop < direct).any():
            return False
    return True


def _is_kept(problem: Problem, rule: Rule, tours: Sequence[Sequence[Halt]]) -> bool:
    """Tell whether a plan keeps a rule, as far as it can be seen without timing it again."""
    return (
        all(_is_covered(problem.covers[n], tours) for n in rule.covers)
        and all(
            sum(h.place in limit.places for s in limit.shifts for h in tours[s]) <= limit.at_most
            for limit in (problem.limits[n] for n in rule.limits)
        )
        and all(
            sum(_drive_s(problem, s, tours[s]) for s in budget.shifts) <= budget.drive_s
            for budget in (problem.budgets[n] for n in rule.budgets)
        )
        and all(
            _is_in_order(order.places, tours[s])
            for order in (problem.orders[n] for n in rule.orders)
            for s in order.shifts
        )
        and not any(tours[s] for s in rule.rests)
    )


def _is_covered(cover: Cover, tours: Sequence[Sequence[Halt]]) -> bool:
    halts = [h for n, tour in enumerate(tours) for h in tour if cover.counts(h.place, n)]
    if cover.dwell_s:
        return sum(halt.dwell_s for halt in halts) >= cover.dwell_s
    return len(halts) >= cover.at_least


def _drive_s(problem: Problem, number: int, halts: Sequence[Halt]) -> int:
    index = problem.travel.index
    depot = index(problem.shifts[number].depot)
    path = [depot, *(index(halt.place) for halt in halts), depot]
    return int(problem.travel.seconds[path[:-1], path[1:]].sum())


def _is_in_order(places: Sequence[str], halts: Sequence[Halt]) -> bool:
    positions = [places.index(halt.place) for halt in halts if halt.place in places]
    return positions == sorted(positions)
