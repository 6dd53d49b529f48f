"""Conflicts of rules against all subsets of them, each tried on every plan of a small week."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from small_weeks import MINUTE, hourly, line_travel, random_week, shift, tours_by_trying

from tours.problem import Budget, Cover, Limit, Order, Problem, Rest
from tours.solver.conflict import Conflict, smallest_conflict
from tours.solver.rule import Rule, single_rules

Plan = tuple[tuple[str, ...], ...]


@cache
def strict_week(seed: int, *, at_most: int = 1) -> Problem:
    """Return a week that asks for much and allows little: covers, limits, budgets, an order."""
    rng = np.random.default_rng(seed)
    problem = random_week(
        seed, places=4, covers=4, at_most=at_most, most_needed=2, some_days=bool(seed % 2)
    )
    names = problem.travel.ids[1:]
    days = frozenset(range(len(problem.shifts)))
    covers = tuple(replace(cover, bonus=None) for cover in problem.covers)
    wheel = tuple(
        Budget(days if n else frozenset({0}), int(rng.integers(20, 120)) * MINUTE, f"wheel{n}")
        for n in range(2)
    )
    order = Order(tuple(rng.permutation(names)[:3].tolist()), days, "order")
    few = Limit(frozenset(names), frozenset({0}), int(rng.integers(1, 3)), "few")
    return replace(
        problem, covers=covers, limits=(*problem.limits, few), budgets=wheel, orders=(order,)
    )


def drive_s(problem: Problem, order: tuple[str, ...]) -> int:
    path = ["depot", *order, "depot"]
    index, seconds = problem.travel.index, problem.travel.seconds
    return sum(int(seconds[index(a), index(b)]) for a, b in itertools.pairwise(path))


def kept_by(problem: Problem, plan: Plan) -> frozenset[int]:
    """Return the rules that a plan keeps, by their positions in `single_rules`."""
    kept: list[bool] = []
    visits = [(place, number) for number, order in enumerate(plan) for place in order]
    for cover in problem.covers:
        kept.append(sum(cover.counts(*visit) for visit in visits) >= cover.at_least)
    for limit in problem.limits:
        counted = [p for p, number in visits if p in limit.places and number in limit.shifts]
        kept.append(len(counted) <= limit.at_most)
    for budget in problem.budgets:
        driven = sum(drive_s(problem, plan[number]) for number in budget.shifts)
        kept.append(driven <= budget.drive_s)
    for order in problem.orders:
        found = [[p for p in plan[number] if p in order.places] for number in order.shifts]
        kept.append(all(some == [p for p in order.places if p in some] for some in found))
    return frozenset(n for n, is_kept in enumerate(kept) if is_kept)


@cache
def rules_that_hold_together(problem: Problem) -> set[frozenset[int]]:
    """Return the sets of rules that some plan keeps, from all plans."""
    tours = [list(tours_by_trying(problem, number)) for number in range(len(problem.shifts))]
    return {kept_by(problem, plan) for plan in itertools.product(*tours)}


def smallest_by_trying(problem: Problem) -> int | None:
    """Return how many rules the smallest conflict has; None if there is none."""
    good = rules_that_hold_together(problem)
    rules = range(len(single_rules(problem)))
    for size in range(len(rules) + 1):
        for some in itertools.combinations(rules, size):
            if not any(set(some) <= kept for kept in good):
                return size
    return None


def positions(problem: Problem, conflict: Conflict) -> frozenset[int]:
    rules = single_rules(problem)
    return frozenset(rules.index(rule) for rule in conflict.rules)


SEEDS = range(24)


@cache
def conflict_of(seed: int) -> Conflict | None:
    return smallest_conflict(strict_week(seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("at_most", [1, 2])
def test_conflict_has_as_many_rules_as_by_trying_all_subsets(seed: int, at_most: int) -> None:
    problem = strict_week(seed, at_most=at_most)
    found = smallest_conflict(problem)
    assert (len(found.rules) if found else None) == smallest_by_trying(problem)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_plan_keeps_the_conflict_and_some_plan_keeps_all_but_any_one(seed: int) -> None:
    problem, found = strict_week(seed), conflict_of(seed)
    good = rules_that_hold_together(problem)
    if found is not None:
        rules = positions(problem, found)
        smaller = [rules - {rule} for rule in rules]
        assert [any(some <= kept for kept in good) for some in (rules, *smaller)] == [
            False,
            *[True] * len(smaller),
        ]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_claimed_without_a_limit_of_time_is_proven(seed: int) -> None:
    found = conflict_of(seed)
    if found is not None:
        assert (found.is_proven, found.is_irreducible, found.is_smallest) == (True, True, True)


def test_some_of_these_weeks_are_possible_and_some_conflicts_have_several_rules() -> None:
    sizes = {smallest_by_trying(strict_week(seed)) for seed in SEEDS}
    assert {None, 1, 2} < sizes


@pytest.mark.parametrize("seed", SEEDS)
def test_what_no_rule_holds_is_never_given_up(seed: int) -> None:
    problem = strict_week(seed)
    covers = single_rules(problem)[: len(problem.covers)]
    good = rules_that_hold_together(problem)
    rest = frozenset(range(len(covers), len(single_rules(problem))))
    least = next(
        (
            size
            for size in range(len(covers) + 1)
            for some in itertools.combinations(range(len(covers)), size)
            if not any(rest | set(some) <= kept for kept in good)
        ),
        None,
    )
    found = smallest_conflict(problem, covers)
    assert (len(found.rules) if found else None) == least


def two_pins(minutes_apart: int) -> Problem:
    """Two places that are wanted at the same hour of one day, and a third one on another."""
    at_four = tuple(hourly(place, 0, 10, 16) for place in ("p1", "p2"))
    return Problem(
        shifts=(shift(0), shift(1)),
        candidates=(*at_four, hourly("p3", 1, 10, 15, 16)),
        travel=line_travel(0, 10, 10 + minutes_apart, 20),
        covers=(
            Cover("third", frozenset({"p3"})),
            Cover("first", frozenset({"p1"})),
            Cover("second", frozenset({"p2"})),
        ),
    )


def names(conflict: Conflict | None) -> list[str]:
    assert conflict is not None
    return [rule.name for rule in conflict.rules]


def test_two_places_at_the_same_hour_conflict_with_each_other_only() -> None:
    assert names(smallest_conflict(two_pins(30))) == ["first", "second"]


def test_rules_taken_away_together_are_one() -> None:
    problem = two_pins(30)
    rules = (Rule("all", covers=frozenset({0, 1, 2})), *single_rules(problem)[:1])
    assert names(smallest_conflict(problem, rules)) == ["all"]


def test_a_break_that_is_due_before_a_stop_is_part_of_the_conflict() -> None:
    travel = line_travel(0, 10, 20)
    rest = Rest(15 * 60 * MINUTE, 16 * 60 * MINUTE, 90 * MINUTE)
    problem = Problem(
        shifts=(replace(shift(0, 14, 18), rest=rest),),
        candidates=(hourly("p1", 0, 10, 14.5, 15), hourly("p2", 0, 10, 16, 16.5)),
        travel=travel,
        covers=(Cover("one", frozenset({"p1"})), Cover("two", frozenset({"p2"}))),
    )
    assert names(smallest_conflict(problem)) == ["two", "day0"]


def test_a_week_that_is_possible_has_no_conflict() -> None:
    problem = two_pins(30)
    assert smallest_conflict(replace(problem, covers=problem.covers[:2])) is None


def test_without_time_nothing_is_claimed() -> None:
    found = smallest_conflict(two_pins(30), time_limit=0)
    assert found is not None
    assert (found.is_proven, found.is_irreducible, found.is_smallest) == (False, False, False)


def test_what_always_holds_can_be_impossible_by_itself() -> None:
    problem = two_pins(30)
    assert names(smallest_conflict(problem, single_rules(problem)[:1])) == []
