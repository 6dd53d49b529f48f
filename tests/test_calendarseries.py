"""What is announced in week.ics, expanded by a library that knows nothing of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar, Event
from sheet_examples import plan, stop, tour

from tours.announced import Announcement, Occasion, announce
from tours.calendar import week_dates
from tours.dayoff import DayOff
from tours.export.calendar import render_calendar
from tours.export.calendarseries import series_of
from tours.plan import Plan
from tours.tour import Stop

TWO_PM = 14 * 3600 + 300
EVES = (DayOff(12, 24), DayOff(12, 31))
Date = tuple[str, str]


def week_plan(week: str, *days: tuple[int, list[Stop]], repeats: int = 0) -> Plan:
    """Return the plan of a week: weekdays with their stops."""
    dates = week_dates(week)
    tours = [replace(tour(0, stops), date=dates[day], id=f"t{day}") for day, stops in days]
    return replace(plan(*tours), week=week, repeats=repeats)


def told(some: Plan, *others: Plan) -> tuple[Announcement, ...]:
    return announce(some, others, state="NI", no_service=EVES, is_whole=True)


def written(some: Plan, *others: Plan, former: Plan | None = None) -> bytes:
    before = (former, told(former)) if former else None
    return render_calendar(some, announced=told(some, *others), former=before)


def entries(file: bytes) -> list[Event]:
    return [one for one in Calendar.from_ical(file).walk("VEVENT") if isinstance(one, Event)]


def value(event: Event, name: str) -> Any:  # noqa: ANN401 - as many kinds as properties
    return event[name]


def is_series(event: Event) -> bool:
    return str(event["UID"]).startswith("series-")


def expanded(file: bytes, first: str = "2026-01-01", last: str = "2027-12-31") -> list[Date]:
    """Return all dates in a calendar as a second library expands them: day and time."""
    span = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    found = recurring_ical_events.of(Calendar.from_ical(file)).between(*span)
    starts = sorted(one.start for one in found)
    return [(f"{start:%d.%m.%y}", f"{start:%H:%M}") for start in starts]


def served(places: Iterable[Announcement]) -> list[Date]:
    """Return the dates on which the bus comes, as the notices tell them."""
    dates = sorted(
        dt.datetime.combine(one.date, dt.time()) + dt.timedelta(seconds=one.start_s)
        for place in places
        for one in place.occasions
        if not one.is_off
    )
    return [(f"{date:%d.%m.%y}", f"{date:%H:%M}") for date in dates]


A = week_plan("2026-W45", (0, [stop(0), stop(1)]), repeats=2)
B = week_plan("2026-W46", (0, [stop(1)]), (2, [stop(0)]), repeats=2)
WEEKS: dict[str, tuple[Plan, ...]] = {
    "weekly": (week_plan("2026-W45", (2, [stop(0)])),),
    "over holidays": (week_plan("2026-W51", (3, [stop(0)])),),
    "into summer time": (week_plan("2026-W11", (6, [stop(0)])),),
    "into winter time": (week_plan("2026-W42", (6, [stop(0)])),),
    "twice a week": (week_plan("2026-W45", (0, [stop(0)]), (3, [stop(0, hours=16.0)])),),
    "two weeks in turn": (A, B),
    "the second of two": (B, A),
    "moved for good": (
        week_plan("2026-W45", (0, [stop(0)])),
        week_plan("2026-W46", (1, [stop(0, hours=17.0)])),
    ),
    "another day in one week": (
        week_plan("2026-W45", (0, [stop(0)])),
        week_plan("2026-W47", (1, [stop(0, hours=17.0)])),
        week_plan("2026-W48", (0, [stop(0)])),
    ),
    "another time in the next week": (
        week_plan("2026-W45", (0, [stop(0)])),
        week_plan("2026-W46", (0, [stop(0, hours=17.0)])),
        week_plan("2026-W47", (0, [stop(0)])),
    ),
    "left out for a week": (
        week_plan("2026-W45", (0, [stop(0)])),
        week_plan("2026-W47", (0, [stop(1)])),
        week_plan("2026-W48", (0, [stop(0), stop(1)])),
    ),
    "dropped": (week_plan("2026-W45", (0, [stop(0)])), week_plan("2026-W46", (0, [stop(1)]))),
    "to the end of the calendar": (week_plan("9999-W50", (0, [stop(0)])),),
}


@pytest.mark.parametrize("case", [case for case in WEEKS if "end of" not in case])
def test_the_calendar_has_the_dates_of_the_notices(case: str) -> None:
    some, *others = WEEKS[case]
    assert expanded(written(some, *others)) == served(told(some, *others))


@pytest.mark.parametrize("case", WEEKS)
def test_series_of_dates_give_just_those_dates(case: str) -> None:
    some, *others = WEEKS[case]
    for place in told(some, *others):
        dates: list[Occasion] = []
        for one in series_of(place.occasions):
            gone = {*one.off, *(day for day, _instead in one.moved)}
            dates += [date for date in one.regular if date.date not in gone]
            dates += [instead for _day, instead in one.moved]
        assert sorted(dates) == [date for date in place.occasions if not date.is_off]


def test_what_comes_every_week_is_one_series_after_the_week_itself() -> None:
    first, series = entries(written(*WEEKS["weekly"]))
    assert (is_series(first), is_series(series)) == (False, True)
    assert value(series, "RRULE").to_ical() == b"FREQ=WEEKLY;UNTIL=20261209T225900Z"
    assert value(series, "DTSTART").to_ical() == b"20261111T140500"
    assert value(series, "DTSTART").params["TZID"] == "Europe/Berlin"


def test_days_without_the_bus_are_exceptions() -> None:
    _first, series = entries(written(*WEEKS["over holidays"]))
    assert value(series, "EXDATE").to_ical() == b"20261224T140500,20261231T140500"
    assert value(series, "EXDATE").params["TZID"] == "Europe/Berlin"


def test_a_series_ends_on_the_day_of_its_last_date_in_summer_as_in_winter() -> None:
    file = written(*WEEKS["into summer time"])
    _first, series = entries(file)
    (until,) = value(series, "RRULE")["UNTIL"]
    assert (until, expanded(file)[-1]) == (
        dt.datetime(2026, 4, 19, 21, 59, tzinfo=dt.UTC),
        ("19.04.26", "14:05"),
    )
    assert {time for _day, time in expanded(file)} == {"14:05"}


def test_what_takes_turns_comes_every_second_week() -> None:
    uids = {str(one["UID"]): one for one in entries(written(A, B)) if is_series(one)}
    rules = {uid: value(one, "RRULE").get("INTERVAL") for uid, one in uids.items()}
    assert rules == {
        "series-1-p0@outreach-tours": [2],
        "series-2-p0@outreach-tours": [2],
        "series-1-p1@outreach-tours": None,
    }


@pytest.mark.parametrize(
    ("case", "instead_of", "start"),
    [
        ("another day in one week", "2026-11-16 14:05", "2026-11-17 17:05"),
        ("another time in the next week", "2026-11-09 14:05", "2026-11-09 17:05"),
    ],
)
def test_a_week_that_differs_is_an_exception_of_the_series(
    case: str, instead_of: str, start: str
) -> None:
    file = written(*WEEKS[case])
    series, other = (one for one in entries(file) if is_series(one))
    assert series["UID"] == other["UID"]
    assert f"{value(other, 'RECURRENCE-ID').dt:%Y-%m-%d %H:%M}" == instead_of
    assert f"{other.start:%Y-%m-%d %H:%M}" == start
    assert "RRULE" not in other


def test_a_series_keeps_its_identity_in_the_file_of_the_next_week() -> None:
    first = week_plan("2026-W45", (0, [stop(0)]))
    moved = week_plan("2026-W46", (2, [stop(0)]))
    (old,), (new,) = ([e for e in entries(written(one)) if is_series(e)] for one in (first, moved))
    assert old["UID"] == new["UID"]
    assert int(value(new, "SEQUENCE")) == int(value(old, "SEQUENCE")) + 1


def test_what_is_announced_no_more_is_cancelled_once() -> None:
    first = week_plan("2026-W45", (0, [stop(0), stop(1)]))
    second = week_plan("2026-W46", (0, [stop(1)]))
    (old,) = [e for e in entries(written(first)) if str(e["UID"]).startswith("series-1-p0")]
    (gone,) = [e for e in entries(written(second, former=first)) if "STATUS" in e]
    assert (gone["UID"], gone["STATUS"]) == (old["UID"], "CANCELLED")
    assert int(value(gone, "SEQUENCE")) > int(value(old, "SEQUENCE"))


def test_a_cycle_cancels_nothing_of_its_own() -> None:
    file = render_calendar(B, announced=told(B, A), former=(A, told(A)))
    assert [one for one in entries(file) if "STATUS" in one] == []


def test_private_places_and_appointments_are_no_series() -> None:
    some = week_plan("2026-W45", (0, [stop(0, is_public=False), stop(1, kind="appointment")]))
    assert [one for one in entries(written(some)) if is_series(one)] == []


def test_the_same_input_gives_the_same_bytes() -> None:
    assert written(A, B) == written(A, B)
