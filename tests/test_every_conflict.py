"""Conflicts between rules of each kind, against all subsets of the rules and all plans."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import pytest
from small_plans import amounts, keeps_orders, trips
from small_rules import rule_week

from tours.problem import Problem
from tours.solver.conflict import Conflict, smallest_conflict
from tours.solver.rule import single_rules

KINDS = (
    ("minutes",),
    ("rest",),
    ("limits", "again"),
    ("budgets",),
    ("orders",),
    ("again", "some days"),
    ("alternatives", "depots", "limits"),
    ("buses", "minutes", "budgets"),
    ("slack", "rest", "minutes"),
    ("slack", "rest", "orders", "budgets"),
    ("losses", "distance", "limits", "orders"),
)
WEEKS = [(seed, kind) for kind in KINDS for seed in (0, 3, 8)]

Week = tuple[int, tuple[str, ...]]
Kept = frozenset[int]


@cache
def demanding_week(week: Week) -> Problem:
    """Return a week whose covers all must hold, and whose rules all have names."""
    problem = rule_week(*week, options=4)
    covers = tuple(replace(cover, bonus=None) for cover in problem.covers)
    return replace(problem, covers=covers)


def kept_by(problem: Problem, reached: tuple[int, ...]) -> Kept:
    """Return the rules that are kept, by their positions in `single_rules`.

    What a plan reaches is one number per rule, broken breaks and orders counted; alternatives
    come last.
    """
    needed = [cover.dwell_s or cover.at_least for cover in problem.covers]
    most = [
        *(limit.at_most for limit in problem.limits),
        *(budget.drive_s for budget in problem.budgets),
        *(0 for _order in problem.orders),
        *(0 for shift in problem.shifts if shift.rest is not None),
    ]
    asked, allowed = reached[: len(needed)], reached[len(needed) :]
    kept = [has >= need for has, need in zip(asked, needed, strict=True)]
    kept += [has <= limit for has, limit in zip(allowed, most, strict=False)]
    return frozenset(number for number, is_kept in enumerate(kept) if is_kept)


@cache
def rules_that_hold_together(week: Week) -> list[Kept]:
    """Return the greatest sets of rules that some plan keeps, from all plans."""
    problem = demanding_week(week)
    rested = [number for number, shift in enumerate(problem.shifts) if shift.rest is not None]
    split = len(problem.covers) + len(problem.limits) + len(problem.budgets)
    plans = {(0,) * (split + len(problem.orders) + len(rested) + len(problem.alternatives))}
    for number in range(len(problem.shifts)):
        each = set()
        for trip in trips(problem, number):
            counted = amounts(problem, number, trip)
            broken_orders = [
                int(not keeps_orders(replace(problem, orders=(order,)), number, trip.order))
                for order in problem.orders
            ]
            missed_breaks = [int(number == other and not trip.is_rested) for other in rested]
            each.add((*counted[:split], *broken_orders, *missed_breaks, *counted[split:]))
        plans = {
            tuple(a + b for a, b in zip(done, more, strict=True))
            for done, more in itertools.product(plans, each)
        }
    # Of alternatives one is driven at most, whatever else is given up.
    first = split + len(problem.orders) + len(rested)
    kept = {kept_by(problem, plan) for plan in plans if all(n <= 1 for n in plan[first:])}
    return [some for some in kept if not any(some < other for other in kept)]


def smallest_by_trying(week: Week) -> int | None:
    """Return how many rules the smallest conflict has; None if there is none."""
    good = rules_that_hold_together(week)
    rules = range(len(single_rules(demanding_week(week))))
    for size in range(len(rules) + 1):
        for some in itertools.combinations(rules, size):
            if not any(set(some) <= kept for kept in good):
                return size
    return None


@cache
def found_in(week: Week) -> Conflict | None:
    return smallest_conflict(demanding_week(week))


def positions(week: Week, conflict: Conflict) -> Kept:
    rules = single_rules(demanding_week(week))
    return frozenset(rules.index(rule) for rule in conflict.rules)


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_no_conflict_has_fewer_rules(week: Week) -> None:
    found = found_in(week)
    assert (len(found.rules) if found else None) == smallest_by_trying(week)


@pytest.mark.parametrize("week", WEEKS, ids=str)
def test_no_plan_keeps_a_conflict_and_some_plan_keeps_all_but_any_one(week: Week) -> None:
    found = found_in(week)
    rules = positions(week, found) if found else frozenset()
    good = rules_that_hold_together(week)
    sets = [rules, *(rules - {rule} for rule in rules)] if found else []
    possible = [any(some <= kept for kept in good) for some in sets]
    assert possible == [False, *[True] * len(rules)][: len(sets)]


def test_rules_of_each_kind_are_part_of_some_conflict() -> None:
    names = ("covers", "limits", "budgets", "orders", "rests")
    conflicts = [found for week in WEEKS if (found := found_in(week))]
    rules = [rule for found in conflicts for rule in found.rules]
    assert [name for name in names if any(getattr(rule, name) for rule in rules)] == [*names]
