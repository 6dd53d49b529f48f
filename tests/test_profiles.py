"""What is known of tours, also of those that cannot be driven once a stop was taken out."""

from __future__ import annotations

import numpy as np
import pytest
from small_weeks import hourly, line_travel, shift

from tours.problem import Problem
from tours.solver.arrays import shift_arrays
from tours.solver.chance import random_state
from tours.solver.field import Field, build_field
from tours.solver.insertion import empty_trial, insert_places
from tours.solver.profiles import NOWHERE, Tours, empty_tours, refresh
from tours.solver.tallies import Tallies, no_visits, plan_worth
from tours.solver.terms import Terms, build_terms

# Both p1 and p2 are open at three o'clock only.
HOURS = {"p1": (15,), "p2": (15,), "p3": (14.25, 17)}


def week(num_shifts: int, points: int = 4) -> tuple[Field, Terms, Tours, Tallies]:
    """Return the arrays of a week of alike shifts, without visits."""
    shifts = tuple(shift(day) for day in range(num_shifts))
    candidates = tuple(
        hourly(place, day, 10, *hours)
        for day in range(num_shifts)
        for place, hours in HOURS.items()
    )
    problem = Problem(shifts, candidates, line_travel(0, 5, 10, 15), driving_price=60)
    f = build_field(problem, shift_arrays(problem), tuple(HOURS))
    terms = build_terms(problem, tuple(HOURS))
    return f, terms, empty_tours(num_shifts, 5, points), no_visits(terms, num_shifts, len(HOURS))


def drive(f: Field, t: Tours, s: int, *places: int) -> None:
    """Let a tour visit places in this order."""
    t.length[s] = len(places)
    t.stops[s, : len(places)] = places
    refresh(f, t, s, 0)


# The sum of nine sentinels of -2**60 is more than 64 bits hold.
@pytest.mark.parametrize("broken", [1, 2, 8, 9, 16])
def test_a_plan_is_worth_nothing_however_many_tours_cannot_be_driven(broken: int) -> None:
    f, terms, t, c = week(17)
    drive(f, t, 0, 2)
    for s in range(1, 1 + broken):
        drive(f, t, s, 0, 1)
    assert plan_worth(terms, c, t.value, t.drive, 0) == NOWHERE


def test_the_worth_of_a_plan_is_that_of_its_tours_where_all_can_be_driven() -> None:
    f, terms, t, c = week(2)
    drive(f, t, 0, 0, 2)
    drive(f, t, 1, 2)
    # Both drive to the far end and back, half an hour; an hour costs 60.
    assert plan_worth(terms, c, t.value, t.drive, 0) == 2 * 10 + 10 - 2 * 30


# Random numbers are drawn by multiplying beyond 64 bits.
@pytest.mark.filterwarnings("ignore:overflow encountered in scalar multiply")
@pytest.mark.parametrize("seed", range(3))
def test_nothing_is_put_before_stops_that_cannot_be_driven(seed: int) -> None:
    # What was known of the tour before is still written where nothing is known now.
    f, terms, t, c = week(1, points=1)
    drive(f, t, 0, 0)
    drive(f, t, 0, 0, 1)
    trial = empty_trial(np.array([0.0, 0.0, 10.0]))
    insert_places(f, terms, t, c, trial, np.array([True]), 2, 0, random_state(seed))
    assert t.stops[0, : t.length[0]].tolist() == [0, 1]
