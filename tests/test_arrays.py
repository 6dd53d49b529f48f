"""What is left of the options of a place, for those who come early and those who come late."""

from __future__ import annotations

from small_weeks import HOUR, MINUTE, line_travel, shift

from tours.problem import Candidate, Option, Problem
from tours.solver.arrays import ShiftArrays, shift_arrays

# Half an hour from two o'clock on, twenty minutes from half past three on, and one fixed start.
LONG = Option(14 * HOUR, 30 * MINUTE, 10, slack_s=2 * HOUR)
SHORT = Option(15 * HOUR + 30 * MINUTE, 20 * MINUTE, 10, slack_s=30 * MINUTE)
FIXED = Option(15 * HOUR + 30 * MINUTE, 60 * MINUTE, 90)


def departures(arrays: ShiftArrays, ready_s: int) -> set[tuple[int, int]]:
    """Return when a bus can leave the only place, and what it has earned, by when it is ready."""
    slot = next(n for n, until in enumerate(arrays.slot.tolist()) if until >= ready_s)
    ways = range(arrays.first_way[slot], arrays.first_way[slot + 1])
    return {
        (
            max(ready_s + int(arrays.way_length[way]), int(arrays.way_fixed[way])),
            int(arrays.way_prize[way]),
        )
        for way in ways
    }


def one_place() -> ShiftArrays:
    candidate = Candidate("p1", 0, (LONG, SHORT, FIXED))
    return shift_arrays(Problem((shift(),), (candidate,), line_travel(0, 5)))[0]


def test_an_option_that_only_the_late_do_without_is_kept_for_the_early() -> None:
    assert (15 * HOUR, 10) in departures(one_place(), 14 * HOUR + 30 * MINUTE)


def test_the_late_have_no_option_that_leaves_later_for_no_more() -> None:
    assert departures(one_place(), 15 * HOUR + 40 * MINUTE) == {(16 * HOUR, 10)}
