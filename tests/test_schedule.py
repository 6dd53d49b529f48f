"""The timekeeper, by hand: the depot, then places 10 and 25 minutes down one road."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_weeks import HOUR, MINUTE, line_travel, shift

from geodata.travel import TravelTimes
from tours.problem import Candidate, Option, Problem, Rest, Shift
from tours.schedule import (
    Halt,
    Late,
    Times,
    clock,
    drive_costs,
    drive_minutes,
    start_gaps,
    start_window,
    time_tour,
    with_drives,
)

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


def test_other_drives_move_arrivals_but_nothing_that_was_published() -> None:
    times = Times(at(14, 12), at(16, 25), (at(14, 22), at(15, 15)), (at(15, 0), at(16, 0)))
    starts = [at(14, 30), at(15, 30)]
    assert with_drives(times, starts, {0: 20 * MINUTE + 30, 2: 10 * MINUTE}) == Times(
        leave_s=at(14, 9),
        return_s=at(16, 10),
        arrivals_s=(at(14, 9) + 20 * MINUTE + 30, at(15, 15)),
        departures_s=times.departures_s,
    )


def test_a_drive_that_became_too_long_ends_with_the_start() -> None:
    times = Times(at(14, 12), at(16, 25), (at(14, 22), at(15, 15)), (at(15, 0), at(16, 0)))
    late = with_drives(times, [at(14, 30), at(15, 30)], {1: 50 * MINUTE})
    assert late.arrivals_s == (at(14, 22), at(15, 30))


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


def test_who_starts_on_full_minutes_needs_full_minutes_to_get_there() -> None:
    # 10 minutes and 9 seconds of driving, 8 minutes of reserve and setting up.
    seconds = PROBLEM.travel.seconds + 9
    travel = TravelTimes(PROBLEM.travel.ids, seconds, PROBLEM.travel.metres)
    problem = replace(PROBLEM, travel=travel, tick_s=MINUTE)
    assert start_gaps(problem)[0, 1] == 19 * MINUTE
    # There by 14:18:09; away by 16:46:51 less half an hour.
    window = start_window(problem, problem.shifts[0], "p1", 30 * MINUTE)
    assert window == (at(14, 19), at(16, 16))


def test_by_the_second_nothing_is_rounded() -> None:
    travel = TravelTimes(PROBLEM.travel.ids, PROBLEM.travel.seconds + 9, PROBLEM.travel.metres)
    problem = replace(PROBLEM, travel=travel)
    assert start_gaps(problem)[0, 1] == 18 * MINUTE + 9
    assert start_window(problem, problem.shifts[0], "p1", 30 * MINUTE)[0] == at(14, 18) + 9


@pytest.mark.parametrize(
    "option", [Option(52_201, 1800, 9), Option(52_200, 1801, 9), Option(52_200, 1800, 9, 61)]
)
def test_options_off_the_minute_are_refused_where_starts_lie_on_it(option: Option) -> None:
    offered = (Candidate("p1", 0, (option,)),)
    with pytest.raises(ValueError, match="multiples of tick_s = 60"):
        replace(PROBLEM, candidates=offered, tick_s=MINUTE)


@pytest.mark.parametrize(
    "day",
    [
        replace(shift(), start_s=50_401),
        replace(shift(), rest=Rest(57_601, 61_200, 900)),
        replace(shift(), rest=Rest(57_600, 61_200, 901)),
    ],
)
def test_shifts_off_the_minute_are_refused_where_starts_lie_on_it(day: Shift) -> None:
    with pytest.raises(ValueError, match="multiples of tick_s = 60"):
        replace(PROBLEM, shifts=(day,), tick_s=MINUTE)


def test_a_tick_is_a_second_at_least() -> None:
    with pytest.raises(ValueError, match="tick_s must be 1 or more, got 0"):
        replace(PROBLEM, tick_s=0)


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
