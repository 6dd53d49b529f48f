"""What is announced of a place: weekdays, times, and the next dates with their exceptions."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sheet_examples import plan, stop, tour

from tours.announced import Announcement, Occasion, announce, repeated_after
from tours.calendar import week_dates
from tours.dayoff import DayOff
from tours.leftout import Cancelled
from tours.plan import Plan
from tours.tour import APPOINTMENT, Stop

EVES = (DayOff(12, 24, reason="Betriebsausflug"), DayOff(12, 31))
TWO_PM = 14 * 3600 + 300


def week_plan(week: str, *days: tuple[int, list[Stop]], repeats: int = 0) -> Plan:
    """Return the plan of a week: weekdays with their stops."""
    dates = week_dates(week)
    tours = [replace(tour(0, stops), date=dates[day], id=f"t{day}") for day, stops in days]
    return replace(plan(*tours), week=week, repeats=repeats)


def told(some: Plan, *others: Plan, no_service: tuple[DayOff, ...] = EVES) -> Announcement:
    """Return what is told of the first place."""
    return announce(some, others, state="NI", no_service=no_service)[0]


def dates(place: Announcement) -> list[str]:
    """Return the dates, those without the bus in brackets: day and month."""
    return [
        f"({one.date:%d.%m.})" if one.is_off else f"{one.date:%d.%m.}" for one in place.occasions
    ]


def test_a_plan_is_repeated_every_week() -> None:
    place = told(week_plan("2026-W45", (2, [stop(0)])))
    assert dates(place) == ["04.11.", "11.11.", "18.11.", "25.11.", "02.12.", "09.12."]
    assert place.occasions[0] == Occasion(dt.date(2026, 11, 4), TWO_PM, TWO_PM + 900)


def test_days_without_service_and_public_holidays_are_exceptions() -> None:
    # 24 and 31 December are Thursdays in 2026; Friday 25 December and 1 January are holidays.
    assert dates(told(week_plan("2026-W51", (3, [stop(0)])))) == [
        *("17.12.", "(24.12.)", "(31.12.)", "07.01.", "14.01.", "21.01."),
    ]
    assert dates(told(week_plan("2026-W52", (4, [stop(0)]))))[:3] == [
        *("25.12.", "(01.01.)", "08.01."),
    ]


def test_a_state_has_its_own_holidays() -> None:
    # 6 January 2027, a Wednesday, is a holiday in Bavaria only.
    some = week_plan("2026-W53", (2, [stop(0)]))
    found = {state: announce(some, state=state)[0].occasions[1].is_off for state in ("NI", "BY")}
    assert found == {"NI": False, "BY": True}


def test_exceptions_do_not_crowd_out_the_dates_with_the_bus() -> None:
    thursdays = [dt.date(2026, 11, 5) + dt.timedelta(weeks=n) for n in range(1, 4)]
    off = tuple(DayOff(day.month, day.day) for day in thursdays)
    place = told(week_plan("2026-W45", (3, [stop(0)])), no_service=off)
    assert sum(not one.is_off for one in place.occasions) == 4
    assert len(place.occasions) == 7


def test_a_place_that_is_visited_twice_a_week_has_both_times() -> None:
    place = told(week_plan("2026-W45", (0, [stop(0)]), (3, [stop(0, hours=16.0)])))
    assert [(slot.weekday, slot.start_s) for slot in place.slots] == [
        *((0, TWO_PM), (3, TWO_PM + 7200)),
    ]
    assert dates(place)[:4] == ["02.11.", "05.11.", "09.11.", "12.11."]


def test_week_a_and_week_b_take_turns() -> None:
    a = week_plan("2026-W45", (0, [stop(0), stop(1)]), repeats=2)
    b = week_plan("2026-W46", (0, [stop(1)]), (2, [stop(0)]), repeats=2)
    first, second = announce(a, [b], state="NI")
    assert [(slot.weekday, slot.every) for slot in first.slots] == [(0, 2), (2, 2)]
    assert dates(first)[:4] == ["02.11.", "11.11.", "16.11.", "25.11."]
    # The other place keeps weekday and time in both weeks.
    assert [(slot.weekday, slot.every) for slot in second.slots] == [(0, 1)]
    assert dates(second)[:3] == ["02.11.", "09.11.", "16.11."]


def test_the_second_week_of_a_cycle_knows_the_first_one() -> None:
    a = week_plan("2026-W45", (0, [stop(0)]), repeats=2)
    b = week_plan("2026-W46", (2, [stop(0)]), repeats=2)
    assert dates(told(b, a))[:3] == ["11.11.", "16.11.", "25.11."]


def test_nothing_is_said_of_a_week_of_the_cycle_that_has_no_plan() -> None:
    assert dates(told(week_plan("2026-W45", (0, [stop(0)]), repeats=2)))[:3] == [
        *("02.11.", "16.11.", "30.11."),
    ]


def test_every_fourth_week() -> None:
    weeks = [
        week_plan(f"2026-W{45 + n}", (0, [stop(1)] if n else [stop(0), stop(1)]), repeats=4)
        for n in range(4)
    ]
    first, second = announce(weeks[0], weeks[1:], state="NI", no_service=EVES)
    assert [slot.every for slot in first.slots] == [4]
    assert dates(first)[:3] == ["02.11.", "30.11.", "28.12."]
    assert [slot.every for slot in second.slots] == [1]


def test_a_later_plan_moves_a_place() -> None:
    later = week_plan("2026-W46", (1, [stop(0, hours=17.0)]))
    place = told(week_plan("2026-W45", (0, [stop(0)])), later)
    assert dates(place)[:4] == ["02.11.", "(09.11.)", "10.11.", "17.11."]
    assert place.occasions[2].start_s == 17 * 3600 + 300
    assert [slot.weekday for slot in place.slots] == [0]


def test_a_later_plan_drops_a_place() -> None:
    later = week_plan("2026-W46", (0, [stop(1)]))
    place = told(week_plan("2026-W45", (0, [stop(0)])), later)
    assert dates(place) == ["02.11.", "(09.11.)"]


def test_an_afternoon_that_a_later_plan_cancels_is_an_exception() -> None:
    cancelled = Cancelled(dt.date(2026, 11, 9), "Krankheit")
    later = replace(week_plan("2026-W46", (2, [stop(1)])), cancelled=(cancelled,))
    assert dates(told(week_plan("2026-W45", (0, [stop(0)])), later)) == ["02.11.", "(09.11.)"]


def test_an_earlier_plan_that_is_no_part_of_the_cycle_says_nothing() -> None:
    earlier = week_plan("2026-W44", (4, [stop(0)]))
    place = told(week_plan("2026-W45", (0, [stop(0)])), earlier)
    assert [slot.weekday for slot in place.slots] == [0]
    assert dates(place)[:2] == ["02.11.", "09.11."]


def test_appointments_and_private_places_are_left_out() -> None:
    halts = [
        stop(0, is_public=False),
        stop(1, kind=APPOINTMENT),
        stop(2),
        stop(3),
    ]
    found = announce(week_plan("2026-W45", (0, halts)), state="NI", hidden={"p3"})
    assert [place.place_id for place in found] == ["p2"]


def test_places_come_in_the_order_of_their_stops_and_once() -> None:
    some = week_plan("2026-W45", (0, [stop(2), stop(1)]), (3, [stop(0), stop(2)]))
    found = announce(some, state="NI")
    assert [place.place_id for place in found] == ["p2", "p1", "p0"]


def test_what_is_repeated_is_told() -> None:
    some, later = week_plan("2026-W45", (0, [stop(0)])), week_plan("2026-W46", (0, [stop(0)]))
    assert repeated_after(some, [later], announce(some, [later], state="NI")) == "2026-W46"
    assert repeated_after(some, [later], ()) == ""


def test_the_end_of_the_calendar_is_no_fault() -> None:
    assert dates(told(week_plan("9999-W51", (0, [stop(0)])), no_service=())) == ["20.12."]
