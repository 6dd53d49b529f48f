"""The search for better plans: what it returns can be driven, and is worth what it says."""

from __future__ import annotations

import numpy as np
from small_weeks import HOUR, MINUTE, shift

from geodata.travel import TravelTimes
from tours.problem import Budget, Candidate, Option, Problem
from tours.schedule import Halt
from tours.solver.arrays import shift_arrays
from tours.solver.search import Search


def found_by_search(problem: Problem, iterations: int, seed: int = 0) -> list[tuple[Halt, ...]]:
    """Return the tours of the search alone, per shift."""
    tours: list[tuple[Halt, ...]] = [()] * len(problem.shifts)
    for column in Search(problem, shift_arrays(problem), 100_000, seed).run(iterations):
        tours[column.shift] = column.halts
    return tours


def minutes_apart(*rows: str) -> TravelTimes:
    """Return the drives in minutes from each point to each, the depot first."""
    minutes = np.array([row.split() for row in rows], dtype=np.int64)
    ids = ("depot", *(f"p{i}" for i in range(1, len(rows))))
    return TravelTimes(ids, minutes * MINUTE, minutes * MINUTE * 15)


def test_a_stop_is_not_taken_out_where_that_makes_the_drive_too_long() -> None:
    # Straight from p1 to p3 is slower than by way of p2, and earlier at p3 all the same.
    afternoon = 14 * HOUR

    def offered(place: str, *options: tuple[int, int]) -> Candidate:
        at = tuple(Option(afternoon + m * MINUTE, 10 * MINUTE, prize) for m, prize in options)
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
    tours = found_by_search(problem, 1000)
    assert [halt.place for halt in tours[0]] == ["p1", "p2", "p3"]
