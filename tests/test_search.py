"""The search for better plans: what it returns can be driven, and is worth what it says."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from small_plans import faults, trips, value_of
from small_rules import FEATURES, rule_week
from small_weeks import HOUR, MINUTE, hourly, line_travel, shift

from geodata.travel import TravelTimes
from tours.problem import Budget, Candidate, Option, Problem
from tours.schedule import Halt
from tours.solver.arrays import shift_arrays
from tours.solver.columns import Column, plan_value
from tours.solver.search import Search
from tours.solver.timing import best_tour

AFTERNOON = 14 * HOUR
# The search is not made for breaks.
SEARCHED = tuple(name for name in FEATURES if name != "rest")
CASES = [
    *((seed, (name,)) for name in SEARCHED for seed in range(2)),
    *((10 + n, pair) for n, pair in enumerate(itertools.combinations(SEARCHED, 2)) if n % 2),
]


def search_of(problem: Problem, seed: int = 0) -> Search:
    return Search(problem, shift_arrays(problem), 100_000, seed)


def tours_of(problem: Problem, found: list[Column]) -> list[tuple[Halt, ...]]:
    """Return the tours per shift, empty where there is none."""
    tours = {column.shift: column.halts for column in found}
    return [tours.get(number, ()) for number in range(len(problem.shifts))]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_no_hard_rule_is_ever_broken(case: tuple[int, tuple[str, ...]]) -> None:
    problem = rule_week(*case, places=6)
    search = search_of(problem)
    runs = [search.run(n, hot=hot, again=False) for n, hot in ((1, 1.0), (50, 1.0), (200, 0.3))]
    assert [faults(problem, tours_of(problem, found)) for found in runs] == [[], [], []]


@pytest.mark.parametrize("case", CASES[::3], ids=str)
def test_the_value_of_a_found_plan_is_that_of_its_halts(case: tuple[int, tuple[str, ...]]) -> None:
    problem = rule_week(*case, places=6)
    found = search_of(problem).run(100)
    missed, value = value_of(problem, tours_of(problem, found))
    assert plan_value(problem, found) == (value, missed)


# Nor does it know of minutes, which are left to the integer programme.
@pytest.mark.parametrize("case", [c for c in CASES if "minutes" not in c[1]][::4], ids=str)
def test_a_search_that_goes_on_gets_no_worse(case: tuple[int, tuple[str, ...]]) -> None:
    problem = rule_week(*case, places=6)
    search = search_of(problem)
    judged = []
    for _run in range(4):
        value, missed = plan_value(problem, search.run(5))
        judged.append((-missed, value))
    assert judged == sorted(judged)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("features", [(), ("slack",), ("losses", "slack"), ("distance",)])
def test_the_best_tour_of_an_order_is_the_best_of_all_options(
    seed: int, features: tuple[str, ...]
) -> None:
    problem = rule_week(seed, features)
    arrays = shift_arrays(problem)
    for number in range(len(problem.shifts)):
        best: dict[tuple[str, ...], int] = {}
        for trip in trips(problem, number):
            if trip.order:
                best[trip.order] = max(best.get(trip.order, trip.worth), trip.worth)
        assert {order: best_tour(number, arrays[number], order).value for order in best} == best


def test_an_order_that_nobody_can_drive_is_refused() -> None:
    at_four = tuple(hourly(place, 0, 10, 16) for place in ("p1", "p2"))
    problem = Problem((shift(),), at_four, line_travel(0, 10, 20))
    with pytest.raises(ValueError, match=r"order must be one that can be driven, got \('p1', 'p2'"):
        best_tour(0, shift_arrays(problem)[0], ("p1", "p2"))


def test_a_week_without_places_has_no_tours() -> None:
    assert search_of(Problem((shift(),), (), line_travel(0))).run(10) == []


def minutes_apart(*rows: str) -> TravelTimes:
    """Return the drives in minutes from each point to each, the depot first."""
    minutes = np.array([row.split() for row in rows], dtype=np.int64)
    ids = ("depot", *(f"p{i}" for i in range(1, len(rows))))
    return TravelTimes(ids, minutes * MINUTE, minutes * MINUTE * 15)


def test_a_stop_is_not_taken_out_where_that_makes_the_drive_too_long() -> None:
    # Straight from p1 to p3 is slower than by way of p2, and earlier at p3 all the same.
    def offered(place: str, *options: tuple[int, int]) -> Candidate:
        at = tuple(Option(AFTERNOON + m * MINUTE, 10 * MINUTE, prize) for m, prize in options)
        return Candidate(place, 0, at)

    problem = Problem(
        shifts=(shift(),),
        candidates=(
            offered("p1", (10, 45)),
            offered("p2", (30, 1)),
            offered("p3", (40, 50), (50, 10)),
        ),
        travel=minutes_apart("0 5 10 5", "5 0 5 20", "10 5 0 5", "5 30 5 0"),
        budgets=(Budget(frozenset({0}), 20 * MINUTE),),
    )
    tours = tours_of(problem, search_of(problem).run(1000))
    assert [halt.place for halt in tours[0]] == ["p1", "p2", "p3"]


def test_a_tour_may_have_as_many_stops_as_the_shortest_visits_allow() -> None:
    # Who comes first can stay long only, and leaves before the short visits begin.
    def offered(place: str) -> Candidate:
        long = Option(AFTERNOON, 110 * MINUTE, 1)
        starts = range(AFTERNOON + 110 * MINUTE, AFTERNOON + 230 * MINUTE, 15 * MINUTE)
        return Candidate(place, 0, (long, *(Option(s, 10 * MINUTE, 10) for s in starts)))

    places = [f"p{n}" for n in range(1, 9)]
    problem = Problem((shift(),), tuple(map(offered, places)), line_travel(*[0] * 9))
    assert [len(tour) for tour in tours_of(problem, search_of(problem).run(200))] == [8]
