"""The timekeeper, by hand: the depot, then places 10 and 25 minutes down one road."""

from __future__ import annotations

import pytest
from small_weeks import HOUR, MINUTE, line_travel, shift

from tours.problem import Problem
from tours.schedule import Halt, Late, Times, clock, drive_costs, drive_minutes, time_tour

PROBLEM = Problem(
    shifts=(shift(end_h=17),),
    candidates=(),
    travel=line_travel(0, 10, 25),
    setup_s=5 * MINUTE,
    buffer_s=3 * MINUTE,
    driving_price=90,
)


def at(hours: int, minutes: int) -> int:
    return hours * HOUR + minutes * MINUTE


def halt(place: str, start_s: int, minutes: int = 30) -> Halt:
    return Halt(place, start_s, minutes * MINUTE)


def test_times_of_a_tour_are_those_reckoned_by_hand() -> None:
    tour = [halt("p1", at(14, 30)), halt("p2", at(15, 30))]
    assert time_tour(PROBLEM, PROBLEM.shifts[0], tour) == Times(
        leave_s=at(14, 12),
        return_s=at(16, 25),
        arrivals_s=(at(14, 22), at(15, 15)),
        departures_s=(at(15, 0), at(16, 0)),
    )


def test_reserve_and_setting_up_must_fit_before_the_start() -> None:
    tour = [halt("p1", at(14, 30)), halt("p2", at(15, 20))]
    assert time_tour(PROBLEM, PROBLEM.shifts[0], tour) == Late("p2", 3 * MINUTE)


def test_the_first_start_must_be_reachable_from_the_start_of_the_shift() -> None:
    tour = [halt("p2", at(14, 30))]
    assert time_tour(PROBLEM, PROBLEM.shifts[0], tour) == Late("p2", 3 * MINUTE)


def test_the_bus_must_be_back_with_its_reserve() -> None:
    tour = [halt("p2", at(16, 4))]
    assert time_tour(PROBLEM, PROBLEM.shifts[0], tour) == Late("depot", 2 * MINUTE)


def test_a_tour_without_halts_is_refused() -> None:
    with pytest.raises(ValueError, match="halts must hold at least one halt"):
        time_tour(PROBLEM, PROBLEM.shifts[0], [])


def test_a_drive_of_ten_minutes_costs_a_sixth_of_the_hourly_price() -> None:
    assert drive_costs(PROBLEM)[0, 1] == 15


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "00:00"), (at(14, 5), "14:05"), (at(14, 5) + 59, "14:05")]
)
def test_clock_does_not_count_a_started_minute(seconds: int, text: str) -> None:
    assert clock(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (1, 1), (29, 1), (89, 1), (90, 2), (149, 2), (150, 3)]
)
def test_drive_minutes_are_rounded_half_up_but_no_drive_is_nothing(
    seconds: int, minutes: int
) -> None:
    assert drive_minutes(seconds) == minutes
