"""Tours that the search passes: each can be driven, each set of places comes once."""

from __future__ import annotations

from small_weeks import random_week

from tours.schedule import Late, time_tour
from tours.solver.arrays import shift_arrays
from tours.solver.finds import MOST_FINDS
from tours.solver.search import Search


def search_of(seed: int) -> Search:
    problem = random_week(seed)
    return Search(problem, shift_arrays(problem), 100_000, seed)


def test_what_was_passed_can_be_driven() -> None:
    problem = random_week(1)
    search = Search(problem, shift_arrays(problem), 100_000, 1)
    search.run(300)
    found = search.finds()
    assert found
    late = [
        column
        for column in found
        if isinstance(time_tour(problem, problem.shifts[column.shift], column.halts), Late)
    ]
    assert late == []


def test_each_set_of_places_is_kept_once() -> None:
    search = search_of(2)
    search.run(300)
    found = search.finds()
    kinds = {(column.shift, column.places) for column in found}
    assert 0 < len(kinds) == len(found) <= MOST_FINDS


def test_what_was_taken_away_does_not_come_again() -> None:
    search = search_of(3)
    search.run(300)
    first = {(column.shift, column.places) for column in search.finds()}
    search.run(300)
    assert not first & {(column.shift, column.places) for column in search.finds()}


def test_a_search_begins_with_the_plan_it_is_given() -> None:
    search = search_of(4)
    best = search.run(500)
    other = search_of(4)
    other.begin(best)
    # Without a threshold nothing worse is accepted.
    value = sum(column.value for column in other.run(1, hot=0.0, cold=0.0, again=False))
    assert value >= sum(column.value for column in best)
