"""Splitting a problem in two: nothing is lost, and both halves are smaller."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import pytest
from small_plans import best_plan, faults
from small_rules import rule_week
from small_weeks import hourly, line_travel, shift

from tours.problem import Cover, Limit, Problem
from tours.solver import exact, looks, proof
from tours.solver.arrays import shift_arrays
from tours.solver.branching import Mixture, Node, branches
from tours.solver.columns import Column
from tours.solver.exact import solve
from tours.solver.pricing import Bans, forced_arcs
from tours.solver.solution import Solution
from tours.solver.timing import best_tour

NAMES = ("p1", "p2", "p3")
ORDERS = [order for size in range(4) for order in itertools.permutations(NAMES, size)]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_a_place_that_must_follow_another_comes_right_after_it_or_both_stay_away(
    order: tuple[str, ...],
) -> None:
    bans = Bans(arcs=forced_arcs(0, "p1", "p2", NAMES))
    follows = ("p1", "p2") in itertools.pairwise(order)
    assert bans.allows(0, order) == (follows or not {"p1", "p2"} & set(order))


@dataclass
class Mix:
    """Tours with weights, as a linear programme leaves them."""

    columns: list[Column]
    weights: list[float]


ALL_DAY = (14.5, 15, 15.5, 16, 16.5, 17)


def two_days(*, covers: tuple[Cover, ...] = ()) -> Problem:
    """Three places on one road and two alike afternoons; each place once a week."""
    return Problem(
        shifts=(shift(0), shift(1)),
        candidates=tuple(hourly(p, day, 10, *ALL_DAY) for day in (0, 1) for p in NAMES),
        travel=line_travel(0, 5, 10, 15),
        covers=covers,
        limits=tuple(Limit(frozenset({p}), frozenset({0, 1})) for p in NAMES),
    )


def half_each(problem: Problem, *tours: tuple[int, tuple[str, ...]]) -> Mix:
    """Return tours of shifts, each driven by one half."""
    arrays = shift_arrays(problem)
    return Mix([best_tour(day, arrays[day], order) for day, order in tours], [0.5] * len(tours))


ENDS = (Cover("ends", frozenset({"p1", "p3"})),)
SEPARATE, ALIKE = {0: (0,), 1: (1,)}, {0: (0, 1)}
MIXTURES: dict[str, tuple[Problem, list[tuple[int, tuple[str, ...]]]]] = {
    "a rule is half served": (two_days(covers=ENDS), [(0, ("p1", "p2"))]),
    "a place is half visited": (two_days(), [(0, ("p1", "p2")), (0, ("p2",))]),
    "a place is visited half on each day": (two_days(), [(0, ("p2",)), (1, ("p2",))]),
    "two orders are half driven": (two_days(), [(0, ("p1", "p2", "p3")), (0, ("p1", "p3", "p2"))]),
}
# Days that are alike have one name, and no place can be half on each of them.
SPLITS = [
    *((name, SEPARATE) for name in MIXTURES),
    *((name, ALIKE) for name in MIXTURES if "each day" not in name),
]


def split(name: str, alike: dict[int, tuple[int, ...]], node: Node) -> tuple[Mix, list[Node]]:
    problem, tours = MIXTURES[name]
    mix = half_each(problem, *tours)
    return mix, branches(node, mix, problem, alike)


def is_in(node: Node, plan: tuple[tuple[str, ...], ...], alike: dict[int, tuple[int, ...]]) -> bool:
    """Tell whether a plan, an order of places per day, is in a part of the problem."""
    first = {day: group for group, days in alike.items() for day in days}
    return all(node.bans.allows(first[day], order) for day, order in enumerate(plan)) and all(
        any(cover.counts(place, day) for day, order in enumerate(plan) for place in order)
        for cover in node.covers
    )


@pytest.mark.parametrize(("name", "alike"), SPLITS, ids=str)
def test_every_plan_is_in_one_of_the_halves(name: str, alike: dict[int, tuple[int, ...]]) -> None:
    _mix, halves = split(name, alike, Node())
    plans = [plan for plan in itertools.product(ORDERS, ORDERS) if not set(plan[0]) & set(plan[1])]
    lost = [plan for plan in plans if not any(is_in(half, plan, alike) for half in halves)]
    assert (len(halves), lost) == (2, [])


@pytest.mark.parametrize(("name", "alike"), SPLITS, ids=str)
def test_what_was_undecided_is_in_neither_half(
    name: str, alike: dict[int, tuple[int, ...]]
) -> None:
    mix, halves = split(name, alike, Node())

    def weight(half: Node, cover: Cover) -> float:
        return sum(
            weight
            for column, weight in zip(mix.columns, mix.weights, strict=True)
            if any(cover.counts(place, column.shift) for place in column.order)
        )

    for half in halves:
        keeps_bans = all(half.bans.allows(c.shift, c.order) for c in mix.columns)
        assert not keeps_bans or any(weight(half, cover) < 1 for cover in half.covers)


@pytest.mark.parametrize(("name", "alike"), SPLITS, ids=str)
def test_halves_keep_what_their_whole_had(name: str, alike: dict[int, tuple[int, ...]]) -> None:
    whole = Node(Bans(frozenset({(0, "p9")}), frozenset({(0, "p9", "p8")})), ENDS, 3)
    _mix, halves = split(name, alike, whole)
    assert [
        (half.bans.places >= whole.bans.places, half.bans.arcs >= whole.bans.arcs, half.depth)
        for half in halves
        if set(half.covers) >= set(ENDS)
    ] == [(True, True, 4), (True, True, 4)]


def test_whole_tours_leave_nothing_to_split() -> None:
    problem = two_days()
    mix = replace(half_each(problem, (0, ("p1", "p2")), (1, ("p3",))), weights=[1.0, 1.0])
    assert branches(Node(), mix, problem, SEPARATE) == []


def splits_only(monkeypatch: pytest.MonkeyPatch) -> list[Node]:
    """Let the solver prove by splitting instead of enumerating; return the nodes it makes."""
    made: list[Node] = []

    def split(
        node: Node, mixture: Mixture, problem: Problem, alike: Mapping[int, tuple[int, ...]]
    ) -> list[Node]:
        halves = branches(node, mixture, problem, alike)
        for half in halves:
            assert replace(half, depth=0) != replace(node, depth=0), "a half is the whole"
        made.extend(halves)
        return halves

    monkeypatch.setattr(exact, "branches", split)
    monkeypatch.setattr(proof, "MOST_ROUTES", 0)
    # Hardly any search: the best plan is found late, and much is left to prove.
    monkeypatch.setattr(looks, "FIRST_LOOK", looks.LOOKS)
    monkeypatch.setattr(looks, "SECOND_LOOK", looks.LOOKS)
    return made


def test_a_place_that_comes_last_or_first_is_not_split_off_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    splits_only(monkeypatch)
    problem = rule_week(30334, ("budgets", "losses"), places=5)
    assert solve(problem).bound >= best_plan(problem)[1]


# Weeks whose linear programme mixes tours: the proof has to split, where it may not enumerate.
SPLIT_WEEKS: list[tuple[int, tuple[str, ...]]] = [
    *((seed, ()) for seed in (558, 582, 645)),
    *((seed, ("slack", "losses")) for seed in (504, 582)),
    *((seed, ("budgets",)) for seed in (503, 504, 505)),
    *((seed, ("buses", "limits")) for seed in (522, 572)),
    *((seed, ("alternatives", "depots")) for seed in (543, 558)),
    *((seed, ("orders", "rest")) for seed in (512, 610)),
    (602, ("again", "some days")),
    (505, ("distance", "coarse")),
]


@cache
def solved_by_splitting(week: tuple[int, tuple[str, ...]]) -> tuple[Solution, int]:
    """Return the solution, and how many parts the problem was split into."""
    with pytest.MonkeyPatch.context() as patch:
        made = splits_only(patch)
        return solve(rule_week(*week, places=5)), len(made)


@pytest.mark.parametrize("week", SPLIT_WEEKS, ids=str)
def test_what_is_proven_by_splitting_is_that_of_trying_every_plan(
    week: tuple[int, tuple[str, ...]],
) -> None:
    problem = rule_week(*week, places=5)
    missed, value = best_plan(problem)
    solution, _parts = solved_by_splitting(week)
    assert (solution.value, solution.status, faults(problem, solution.tours)) == (
        value,
        "infeasible" if missed else "optimal",
        [],
    )


def test_most_of_these_weeks_are_split() -> None:
    parts = [solved_by_splitting(week)[1] for week in SPLIT_WEEKS]
    assert sum(number > 0 for number in parts) > len(parts) / 2


@pytest.mark.parametrize("seed", range(700, 720))
def test_where_nothing_is_left_to_split_all_tours_are_tried(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    splits_only(monkeypatch)
    problem = replace(rule_week(seed, ("minutes", "budgets")), limits=())
    soft = tuple(replace(cover, bonus=cover.bonus or 0) for cover in problem.covers)
    problem = replace(problem, covers=soft)
    solution = solve(problem)
    assert (solution.value, solution.status) == (best_plan(problem)[1], "optimal")
