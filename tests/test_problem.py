"""What is asked of a week, checked once: numbers that fit into 64 bits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from small_weeks import shift

from geodata.travel import TravelTimes
from tours.problem import LONGEST_S, Candidate, Option, Problem
from tours.solver.exact import solve

FOUR, HALF_HOUR = 16 * 3600, 1800


def week(out: int, option: Option, **prices: int) -> Problem:
    """Return a week of one place; the drive there takes so many seconds, the one back 600."""
    seconds = np.array([[0, out], [600, 0]])
    travel = TravelTimes(("depot", "p1"), seconds, seconds)
    settings: dict[str, Any] = prices
    return Problem((shift(),), (Candidate("p1", 0, (option,)),), travel, **settings)


@pytest.mark.parametrize("far", [LONGEST_S, 5 * 3600])
def test_nobody_drives_where_the_drive_is_too_long(far: int) -> None:
    assert solve(week(far, Option(FOUR, HALF_HOUR, 10), buffer_s=300, driving_price=60)).value == 0


@pytest.mark.parametrize("far", [LONGEST_S + 1, 2**62, 2**63 - 1])
def test_a_drive_that_cannot_be_added_up_is_refused(far: int) -> None:
    with pytest.raises(ValueError, match=f"seconds must be at most {LONGEST_S}, got {far}"):
        week(far, Option(FOUR, HALF_HOUR, 10), buffer_s=300)


def test_a_visit_that_may_begin_at_any_time_whatever_is_refused() -> None:
    with pytest.raises(ValueError, match=f"slack_s must be at most {LONGEST_S}, got 9223"):
        week(600, Option(FOUR, HALF_HOUR, 10, slack_s=2**63 - 1))


def test_prices_that_cannot_be_multiplied_are_refused() -> None:
    with pytest.raises(ValueError, match="must make no drive cost more than 2305843009213693952"):
        week(600, Option(FOUR, HALF_HOUR, 10), driving_price=10**12)
