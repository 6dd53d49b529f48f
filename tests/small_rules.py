"""Small weeks with any of the rules that a problem can have, drawn at random."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from geodata.travel import TravelTimes
from tours.problem import Budget, Candidate, Cover, Limit, Option, Order, Problem, Rest, Shift

MONDAY = dt.date(2026, 11, 23)
MINUTE = 60
NOON_S = 12 * 3600

FEATURES = (
    "slack",  # visits may start later than at the start of their option
    "rest",  # the crew needs a break
    "minutes",  # covers in time on site
    "again",  # several visits of a place are allowed, and asked for
    "some days",  # covers count some shifts only
    "limits",  # limits over several places, or some shifts, or none
    "budgets",  # time at the wheel is limited
    "orders",  # places keep an order
    "alternatives",  # the last shift may be driven from another depot instead
    "distance",  # kilometres cost
    "buses",  # the first shift has a second bus
    "depots",  # another depot on the second day
    "losses",  # visits may cost more than they earn
    "coarse",  # all values are multiples of 25
    "edges",  # options that begin before the shift or end after it, rules about nobody
)


def rule_week(
    seed: int,
    features: Collection[str] = (),
    *,
    places: int = 4,
    days: int = 2,
    options: int = 8,
    unit_s: int = MINUTE,
) -> Problem:
    """Return a week with some features, small enough to try every plan.

    What one feature draws does not depend on the others. With a unit of a second all times are
    so small that every second can be tried.

    Parameters
    ----------
    seed : int
    features : collection of str
        Some of `FEATURES`.
    places, days : int
    options : int
        Most options of a place in a shift.
    unit_s : int
        What stands for a minute, seconds.
    """
    problem = _plain_week(np.random.default_rng(seed), features, places, days, options, unit_s)
    for number, feature in enumerate(FEATURES):
        if feature in features and feature in _ADD:
            rng = np.random.default_rng([seed, number])
            problem = _ADD[feature](problem, rng, unit_s)
    return problem


def _plain_week(
    rng: np.random.Generator,
    features: Collection[str],
    places: int,
    days: int,
    options: int,
    unit_s: int,
) -> Problem:
    names = tuple(f"p{i}" for i in range(1, places + 1))
    ids = ("depot", "yard", *names)
    at = rng.integers(0, 10, (len(ids), 2))
    drives = np.abs(at[:, None] - at[None, :]).sum(axis=2) + rng.integers(0, 3, (len(ids),) * 2)
    seconds = drives * unit_s + rng.integers(0, unit_s, drives.shape)
    metres = drives * 900 + rng.integers(0, 3000, drives.shape)
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    start = NOON_S if unit_s == MINUTE else 0
    drawn = [
        Shift("", MONDAY, "depot", start, start + int(length) * unit_s)
        for length in rng.integers(90, 160, days)
    ]
    offers = [_offers(rng, shift, names, options, unit_s) for shift in drawn]
    kinds = list(range(days))
    if "buses" in features:
        kinds.insert(0, 0)
    if "alternatives" in features:
        kinds.append(days - 1)
    shifts = [
        replace(drawn[kind], id=f"{kind}-{number}", date=MONDAY + dt.timedelta(days=kind))
        for number, kind in enumerate(kinds)
    ]
    if "depots" in features and days > 1:
        number = kinds.index(1)
        shifts[number] = replace(shifts[number], depot="yard")
    alternatives: tuple[frozenset[int], ...] = ()
    if "alternatives" in features:
        other = "depot" if shifts[-2].depot == "yard" else "yard"
        shifts[-1] = replace(shifts[-1], depot=other)
        alternatives = (frozenset({len(shifts) - 2, len(shifts) - 1}),)
    covers = [
        Cover(
            f"cover{number}",
            frozenset(_some(rng, names, 3)),
            1,
            None if rng.random() < 0.4 else int(rng.integers(0, 80)),
        )
        for number in range(3)
    ]
    everywhere = frozenset(range(len(shifts)))
    return Problem(
        shifts=tuple(shifts),
        candidates=tuple(
            replace(offer, shift=number)
            for number, kind in enumerate(kinds)
            for offer in offers[kind]
        ),
        travel=TravelTimes(ids, seconds.astype(np.int64), metres.astype(np.int64)),
        covers=tuple(covers),
        limits=tuple(Limit(frozenset({name}), everywhere, 1, name) for name in names),
        setup_s=int(rng.integers(0, 4)) * unit_s,
        buffer_s=int(rng.integers(0, 3)) * unit_s,
        driving_price=int(rng.integers(0, 60)),
        alternatives=alternatives,
    )


def _offers(
    rng: np.random.Generator, shift: Shift, names: Sequence[str], options: int, unit_s: int
) -> list[Candidate]:
    offers: list[Candidate] = []
    for name in names:
        if rng.random() < 0.15:
            continue
        drawn: set[Option] = set()
        for _ in range(int(rng.integers(1, options + 1))):
            dwell = int(rng.choice([10, 15, 31])) * unit_s
            latest = (shift.end_s - shift.start_s - dwell) // (5 * unit_s)
            start = shift.start_s + int(rng.integers(1, latest)) * 5 * unit_s
            drawn.add(Option(start, dwell, int(rng.integers(5, 60)) + dwell // unit_s))
        offers.append(Candidate(name, 0, tuple(sorted(drawn))))
    return offers


def _some(rng: np.random.Generator, of: Sequence[Any], most: int, least: int = 1) -> list[Any]:
    size = int(rng.integers(least, min(most, len(of)) + 1))
    return [of[i] for i in rng.permutation(len(of))[:size]]


def _places(problem: Problem) -> list[str]:
    return [name for name in problem.travel.ids if name.startswith("p")]


def _with_slack(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    def loose(option: Option) -> Option:
        slack = int(rng.integers(1, 20 * unit_s)) if rng.random() < 0.6 else 0
        return replace(option, slack_s=slack)

    drawn: dict[tuple[str, int, int, Option], Option] = {}
    candidates = []
    for candidate in problem.candidates:
        shift = problem.shifts[candidate.shift]
        of = candidate.place, shift.start_s, shift.end_s
        # Copies of a shift keep the same options.
        options = tuple(
            drawn.setdefault((*of, option), loose(option)) for option in candidate.options
        )
        candidates.append(replace(candidate, options=options))
    return replace(problem, candidates=tuple(candidates))


def _with_rest(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    earliest, wide, length = (int(rng.integers(*span)) for span in ((25, 55), (0, 40), (5, 16)))

    def rested(shift: Shift) -> Shift:
        since = shift.start_s + earliest * unit_s
        return replace(shift, rest=Rest(since, since + wide * unit_s, length * unit_s))

    # One in four weeks has a day without.
    free = int(rng.integers(0, 4))
    return replace(
        problem,
        shifts=tuple(s if s.date.weekday() == free else rested(s) for s in problem.shifts),
    )


def _with_minutes(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    covers = list(problem.covers)
    for number in range(2):
        places = frozenset(_some(rng, _places(problem), 3))
        bonus = None if rng.random() < 0.5 else int(rng.integers(0, 80))
        counted = None
        if rng.random() < 0.3:
            counted = frozenset(_some(rng, range(len(problem.shifts)), 2))
        dwell = int(rng.integers(15, 80)) * unit_s
        covers.append(Cover(f"minutes{number}", places, 1, bonus, counted, dwell))
    return replace(problem, covers=tuple(covers))


def _with_visits_again(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    limits = tuple(replace(limit, at_most=2) for limit in problem.limits)
    covers = tuple(
        replace(cover, at_least=int(rng.integers(1, 4))) if not cover.dwell_s else cover
        for cover in problem.covers
    )
    return replace(problem, limits=limits, covers=covers)


def _with_some_days(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    numbers = range(len(problem.shifts))
    covers = tuple(
        replace(cover, shifts=frozenset(_some(rng, numbers, 2))) if rng.random() < 0.6 else cover
        for cover in problem.covers
    )
    return replace(problem, covers=covers)


def _with_limits(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    numbers = range(len(problem.shifts))
    more = [
        Limit(
            frozenset(_some(rng, _places(problem), 4, 2)),
            frozenset(_some(rng, numbers, len(numbers))),
            int(rng.choice([0, 1, 1, 2, 3])),
            f"limit{number}",
        )
        for number in range(int(rng.integers(1, 4)))
    ]
    kept = problem.limits[int(rng.integers(0, 3)) :]
    return replace(problem, limits=(*kept, *more))


def _with_budgets(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    numbers = range(len(problem.shifts))
    budgets = [
        Budget(
            frozenset(_some(rng, numbers, len(numbers))),
            int(rng.integers(0, 60 * unit_s)),
            f"budget{number}",
        )
        for number in range(int(rng.integers(1, 3)))
    ]
    return replace(problem, budgets=tuple(budgets))


def _with_orders(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    numbers = range(len(problem.shifts))
    orders = [
        Order(
            tuple(_some(rng, _places(problem), 4, 2)),
            frozenset(_some(rng, numbers, len(numbers))),
            f"order{number}",
        )
        for number in range(int(rng.integers(1, 3)))
    ]
    return replace(problem, orders=tuple(orders))


def _with_distance(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    return replace(problem, distance_price=int(rng.integers(1, 150)))


def _with_losses(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    lost = int(rng.integers(20, 70))

    def worse(option: Option) -> Option:
        return replace(option, prize=option.prize - lost)

    candidates = [
        replace(candidate, options=tuple(worse(option) for option in candidate.options))
        for candidate in problem.candidates
    ]
    return replace(problem, candidates=tuple(candidates))


def _with_coarse_values(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    def whole(value: int) -> int:
        return value // 25 * 25

    candidates = [
        replace(c, options=tuple(replace(o, prize=whole(o.prize)) for o in c.options))
        for c in problem.candidates
    ]
    covers = [
        cover if cover.bonus is None else replace(cover, bonus=whole(cover.bonus))
        for cover in problem.covers
    ]
    return replace(problem, candidates=tuple(candidates), covers=tuple(covers), driving_price=0)


def _with_edges(problem: Problem, rng: np.random.Generator, unit_s: int) -> Problem:
    def moved(candidate: Candidate) -> Candidate:
        shift = problem.shifts[candidate.shift]
        first = candidate.options[0]
        early = shift.start_s - (7 + len(candidate.place)) * unit_s
        late = shift.end_s - first.dwell_s
        more = (
            replace(first, start_s=early),
            replace(first, start_s=early, slack_s=30 * unit_s, prize=first.prize - 5),
            replace(first, start_s=late, slack_s=20 * unit_s),
        )
        return replace(
            candidate, options=(*candidate.options, *more[int(candidate.place[1:]) % 3 :])
        )

    some = frozenset(_some(rng, _places(problem), 2))
    nobody: frozenset[str] = frozenset()
    never: frozenset[int] = frozenset()
    always = frozenset(range(len(problem.shifts)))
    return replace(
        problem,
        candidates=tuple(moved(candidate) for candidate in problem.candidates),
        covers=(
            *problem.covers,
            Cover("nobody", nobody, 1, 7),
            Cover("never", some, 1, 7, never),
            Cover("nothing", some, 1, 0),
            Cover("one of none", frozenset({"depot", *some}), 1, 9, always),
        ),
        limits=(*problem.limits, Limit(nobody, always, 0), Limit(some, never, 0)),
        budgets=(*problem.budgets, Budget(never, 0)),
        orders=(*problem.orders, Order(("nowhere", *sorted(some)), always), Order((), always)),
        alternatives=(*problem.alternatives, frozenset({0}), never),
    )


_ADD = {
    "slack": _with_slack,
    "rest": _with_rest,
    "minutes": _with_minutes,
    "again": _with_visits_again,
    "some days": _with_some_days,
    "limits": _with_limits,
    "budgets": _with_budgets,
    "orders": _with_orders,
    "distance": _with_distance,
    "losses": _with_losses,
    "coarse": _with_coarse_values,
    "edges": _with_edges,
}
