"""Tours of equal worth: the rule against all that can be driven."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from small_weeks import hourly, line_travel, random_week, shift

from tours.problem import Order, Problem, Rest
from tours.schedule import Halt, Times, drive_costs, time_tour
from tours.solver.arrays import shift_arrays
from tours.solver.columns import Column
from tours.solver.ties import settled
from tours.solver.timing import best_tour


def there_and_back() -> Problem:
    """Return three places on one road, each open at any half hour."""
    starts = [14 + k / 2 for k in range(8)]
    return Problem(
        shifts=(shift(),),
        candidates=tuple(hourly(place, 0, 10, *starts) for place in ("p1", "p2", "p3")),
        travel=line_travel(0, 5, 10, 15),
    )


def tour(problem: Problem, *order: str) -> Column:
    return best_tour(0, shift_arrays(problem)[0], order)


def chosen(problem: Problem, *order: str) -> tuple[str, ...]:
    return settled(tour(problem, *order), shift_arrays(problem)[0]).order


@pytest.mark.parametrize("order", [("p3", "p2", "p1"), ("p1", "p2", "p3"), ("p3", "p1", "p2")])
def test_of_the_same_drive_the_tour_that_starts_earlier_is_driven(order: tuple[str, ...]) -> None:
    assert chosen(there_and_back(), *order) == ("p1", "p2", "p3")


def test_an_order_that_is_asked_for_is_kept() -> None:
    asked = Order(("p3", "p1"), frozenset({0}))
    problem = replace(there_and_back(), orders=(asked,))
    assert chosen(problem, "p3", "p2", "p1") == ("p2", "p3", "p1")


def test_a_tour_with_a_break_stays_as_it_is() -> None:
    afternoon = replace(shift(), rest=Rest(15 * 3600, 16 * 3600, 900))
    arrays = shift_arrays(replace(there_and_back(), shifts=(afternoon,)))[0]
    before = tour(there_and_back(), "p3", "p2", "p1")
    assert settled(before, arrays) == before


@pytest.mark.parametrize("seed", range(40))
def test_the_rule_takes_the_first_of_all_tours_that_are_worth_as_much(seed: int) -> None:
    problem = random_week(seed, places=4, shifts=1)
    arrays = shift_arrays(problem)[0]
    for size in (2, 3):
        for order in itertools.permutations(arrays.places, size):
            try:
                column = best_tour(0, arrays, order)
            except ValueError:
                continue
            assert _rank(settled(column, arrays)) == min(
                _rank(c) for c in _as_good(problem, column)
            )


def _rank(column: Column) -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    return column.drive_s, tuple(halt.start_s for halt in column.halts), column.order


def _as_good(problem: Problem, column: Column) -> list[Column]:
    """Return all tours of the same stops and dwells that are worth as much, by trying."""
    dwells = {halt.place: halt.dwell_s for halt in column.halts}
    options = {c.place: c.options for c in problem.candidates}
    costs, seconds, index = drive_costs(problem), problem.travel.seconds, problem.travel.index
    found: list[Column] = []
    for order in itertools.permutations(sorted(dwells)):
        stops = [index("depot"), *map(index, order), index("depot")]
        arcs = list(itertools.pairwise(stops))
        drive_s = sum(int(seconds[arc]) for arc in arcs)
        for ways in itertools.product(*(options[place] for place in order)):
            if any(way.dwell_s != dwells[p] for way, p in zip(ways, order, strict=True)):
                continue
            halts = tuple(
                Halt(p, way.start_s, way.dwell_s) for way, p in zip(ways, order, strict=True)
            )
            value = sum(way.prize for way in ways) - sum(int(costs[arc]) for arc in arcs)
            if (
                value == column.value
                and drive_s <= column.drive_s
                and isinstance(time_tour(problem, problem.shifts[0], halts), Times)
            ):
                found.append(Column(0, halts, value, drive_s))
    return found
