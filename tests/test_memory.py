"""What partial tours remember: too little at first, and enough in the end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_plans import best_plan, faults
from small_rules import rule_week
from small_weeks import HOUR, MINUTE, hourly, line_travel, shift

from tours.problem import Cover, Order, Problem
from tours.schedule import Halt
from tours.solver import memory
from tours.solver.arrays import shift_arrays
from tours.solver.columns import Column, Rules
from tours.solver.exact import solve
from tours.solver.memory import Memory

# Three places on one road, ten minutes apart; the outer two serve one rule.
WEEK = Problem(
    shifts=(shift(),),
    candidates=tuple(hourly(place, 0, 10, 15, 16, 17) for place in ("p1", "p2", "p3")),
    travel=line_travel(0, 10, 20, 30),
    covers=(Cover("ends", frozenset({"p1", "p3"})),),
)


def tour(*order: str) -> Column:
    halts = [Halt(place, 15 * HOUR + n * HOUR, 30 * MINUTE) for n, place in enumerate(order)]
    return Column(0, tuple(halts), 0, 0)


@pytest.fixture
def nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each place remembers itself only."""
    monkeypatch.setattr(memory, "PLACES_REMEMBERED", 0)
    monkeypatch.setattr(memory, "COVERS_REMEMBERED", 0)


def memory_of(problem: Problem) -> Memory:
    return Memory(shift_arrays(problem), Rules(problem))


def test_a_place_that_comes_back_was_forgotten_in_between(nothing_is_remembered: None) -> None:
    assert memory_of(WEEK).allows(tour("p1", "p2", "p1"))


def test_what_was_forgotten_is_remembered_from_then_on(nothing_is_remembered: None) -> None:
    known = memory_of(WEEK)
    known.grow([tour("p1", "p2", "p1")])
    assert not known.allows(tour("p1", "p2", "p1"))


def test_only_the_places_in_between_learn(nothing_is_remembered: None) -> None:
    known = memory_of(WEEK)
    known.grow([tour("p1", "p2", "p1")])
    assert known.allows(tour("p1", "p3", "p1"))


def test_a_tour_that_cheats_in_nothing_teaches_nothing(nothing_is_remembered: None) -> None:
    assert not memory_of(WEEK).grow([tour("p1", "p2")])


def test_near_places_are_remembered_from_the_start() -> None:
    assert not memory_of(WEEK).allows(tour("p1", "p2", "p1"))


@pytest.mark.parametrize(
    ("order", "is_sound"),
    [(("p1", "p2"), True), (("p2", "p1"), False), (("p1", "p2", "p1"), False)],
)
def test_a_sound_tour_keeps_its_order_and_visits_no_place_twice(
    order: tuple[str, ...], is_sound: bool
) -> None:
    ordered = replace(WEEK, orders=(Order(("p1", "p2"), frozenset({0})),))
    assert memory_of(ordered).is_sound(tour(*order)) == is_sound


def test_a_rule_counts_again_where_it_was_forgotten(nothing_is_remembered: None) -> None:
    counts = Rules(WEEK).coverage(tour("p1", "p2", "p3"), memory_of(WEEK).recall)
    assert counts == {0: 2}


def test_a_rule_that_counted_again_counts_once_from_then_on(nothing_is_remembered: None) -> None:
    known = memory_of(WEEK)
    known.grow([tour("p1", "p2", "p3")])
    assert Rules(WEEK).coverage(tour("p1", "p2", "p3"), known.recall) == {0: 1}


def test_the_rules_of_a_branch_are_never_forgotten(nothing_is_remembered: None) -> None:
    more = replace(WEEK, covers=(*WEEK.covers, WEEK.covers[0]))
    known = memory_of(WEEK).extended(Rules(more))
    assert Rules(more).coverage(tour("p1", "p2", "p3"), known.recall) == {0: 2, 1: 1}


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("features", [(), ("orders",), ("rest", "slack"), ("minutes", "budgets")])
def test_a_week_is_solved_exactly_however_little_is_remembered_at_first(
    nothing_is_remembered: None, seed: int, features: tuple[str, ...]
) -> None:
    problem = rule_week(seed, features, places=5)
    missed, value = best_plan(problem)
    solution = solve(problem)
    assert (solution.value, bool(solution.broken), faults(problem, solution.tours)) == (
        value,
        missed > 0,
        [],
    )
