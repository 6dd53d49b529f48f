"""Weeks, holidays and opening hours against published dates."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opening_hours import validate

from geodata.language import speaking
from tours.calendar import (
    DAY_S,
    is_school_holiday,
    open_intervals,
    public_holiday,
    school_holiday,
    week_dates,
    week_of,
    weeks_between,
)
from tours.errors import WeekError

H = 3600
WEDNESDAY = dt.date(2026, 11, 25)
REFORMATION = dt.date(2026, 10, 31)  # Saturday, public holiday in NI, none in NW
ASCENSION = dt.date(2027, 5, 6)  # Thursday, public holiday everywhere, term time in NI
SUMMER = dt.date(2026, 7, 8)  # Wednesday in the summer holidays of NI (2 July to 12 August)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("week", "monday"),
    [
        ("2026-W01", "2025-12-29"),
        ("2026-W48", "2026-11-23"),
        ("2026-W53", "2026-12-28"),
        ("2027-W01", "2027-01-04"),
        ("2027-W52", "2027-12-27"),
    ],
)
def test_a_week_begins_on_its_monday(week: str, monday: str) -> None:
    days = week_dates(week)
    assert days == tuple(day(monday) + dt.timedelta(days=i) for i in range(7))


@pytest.mark.parametrize(
    "text",
    [
        *("2027-W53", "2026-W00", "2026-W54", "2026-48", "2026-w48", "26-W48", "2026-W4", ""),
        *("2026-W48\n", " 2026-W48", "2026-W48-1", "0000-W01", "9999-W52", "２０２６-W48"),
    ],
)
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(WeekError):
        week_dates(text)


@pytest.mark.parametrize(("week", "number"), [("2026-W60", "53"), ("2027-W53", "52")])
def test_a_year_is_told_to_have_fewer_weeks(week: str, number: str) -> None:
    with speaking("en"), pytest.raises(WeekError, match=f"{week[:4]} has {number} weeks"):
        week_dates(week)


def test_new_year_2027_belongs_to_the_last_week_of_2026() -> None:
    assert week_of(dt.date(2027, 1, 1)) == "2026-W53"


@given(st.dates(dt.date(1950, 1, 1), dt.date(2150, 1, 1)))
def test_every_day_lies_in_its_week(some: dt.date) -> None:
    assert week_dates(week_of(some))[some.weekday()] == some


@pytest.mark.parametrize(
    ("earlier", "later", "weeks"),
    [
        ("2026-W48", "2026-W48", 0),
        ("2026-W53", "2027-W01", 1),
        ("2025-W52", "2026-W01", 1),
        ("2026-W01", "2027-W01", 53),
        ("2026-W48", "2026-W47", -1),
    ],
)
def test_weeks_are_counted_across_new_year(earlier: str, later: str, weeks: int) -> None:
    assert weeks_between(earlier, later) == weeks


@pytest.mark.parametrize(
    ("date", "states"),
    [
        ("2026-01-01", {"NI", "NW"}),
        ("2026-01-06", set()),
        ("2026-04-03", {"NI", "NW"}),  # Good Friday
        ("2026-04-06", {"NI", "NW"}),  # Easter Monday
        ("2026-05-01", {"NI", "NW"}),
        ("2026-05-14", {"NI", "NW"}),  # Ascension
        ("2026-05-25", {"NI", "NW"}),  # Whit Monday
        ("2026-06-04", {"NW"}),  # Corpus Christi
        ("2026-08-15", set()),
        ("2026-10-03", {"NI", "NW"}),
        ("2026-10-31", {"NI"}),  # Reformation
        ("2026-11-01", {"NW"}),  # All Saints
        ("2026-11-18", set()),
        ("2026-12-24", set()),
        ("2026-12-25", {"NI", "NW"}),
        ("2026-12-26", {"NI", "NW"}),
        ("2017-10-31", {"NI", "NW"}),  # 500 years of Reformation, everywhere for once
    ],
)
def test_public_holidays_are_those_of_the_state(date: str, states: set[str]) -> None:
    assert {state for state in ("NI", "NW") if public_holiday(day(date), state)} == states


@pytest.mark.parametrize(("language", "name"), [("de", "Reformationstag"), ("en", "Reformation")])
def test_holidays_are_named_in_the_language(language: str, name: str) -> None:
    with speaking(language):
        assert name in str(public_holiday(REFORMATION, "NI"))


@pytest.mark.parametrize(
    ("date", "state", "expected"),
    [
        ("2026-07-01", "NI", False),
        ("2026-07-02", "NI", True),  # first day of the summer holidays
        ("2026-08-12", "NI", True),  # last day
        ("2026-08-13", "NI", False),
        ("2026-07-19", "NW", False),
        ("2026-07-20", "NW", True),
        ("2026-09-01", "NW", True),
        ("2026-09-02", "NW", False),
        ("2026-11-25", "NI", False),
        ("2026-12-31", "NI", True),
        ("2027-01-02", "NI", True),
    ],
)
def test_school_holidays_are_those_of_the_state(date: str, state: str, expected: bool) -> None:
    assert is_school_holiday(day(date), state) is expected


@pytest.mark.parametrize(
    ("date", "language", "name"),
    [
        ("2026-10-12", "de", "Herbstferien"),
        ("2026-10-12", "en", "Autumn Break"),
        ("2026-11-25", "de", None),
    ],
)
def test_school_holidays_have_names(date: str, language: str, name: str | None) -> None:
    with speaking(language):
        assert school_holiday(day(date), "NI") == name


@pytest.mark.parametrize("state", ["NI", "NW"])
@pytest.mark.parametrize("date", ["2060-07-15", "2060-11-15"])
def test_school_holidays_of_the_far_future_are_unknown(date: str, state: str) -> None:
    assert is_school_holiday(day(date), state) is None


@pytest.mark.parametrize(
    ("hours", "date", "expected"),
    [
        ("", WEDNESDAY, [(0, 24)]),
        ("24/7", WEDNESDAY, [(0, 24)]),
        ("24/7", REFORMATION, [(0, 24)]),
        ("Mo-Fr 13:00-19:00", WEDNESDAY, [(13, 19)]),
        ("Mo-Fr 13:00-19:00", WEDNESDAY + dt.timedelta(days=3), []),
        ("We 10:00-12:00,14:00-18:00", WEDNESDAY, [(10, 12), (14, 18)]),
        ("Tu 18:00-02:00", WEDNESDAY, [(0, 2)]),
        ("We 18:00-02:00", WEDNESDAY, [(18, 24)]),
        ("Tu-We 18:00-02:00", WEDNESDAY, [(0, 2), (18, 24)]),
        ("May-Sep 12:00-20:00", WEDNESDAY, []),
        ("May-Sep 12:00-20:00", SUMMER, [(12, 20)]),
        ("Nov 20-Feb 10 10:00-12:00", WEDNESDAY, [(10, 12)]),
        ("We[4] 10:00-12:00", WEDNESDAY, [(10, 12)]),
        ("We[1] 10:00-12:00", WEDNESDAY, []),
        ("week 48 10:00-12:00", WEDNESDAY, [(10, 12)]),
        ("2027 We 10:00-12:00", WEDNESDAY, []),
        ("We 10:00-12:00 unknown", WEDNESDAY, []),
        ("We off", WEDNESDAY, []),
    ],
)
def test_opening_hours_of_a_day(hours: str, date: dt.date, expected: list[tuple[int, int]]) -> None:
    assert list(open_intervals(hours, date, "NI")) == [(a * H, b * H) for a, b in expected]


@pytest.mark.parametrize(
    ("hours", "term", "holidays", "holy"),
    [
        # Wednesday in term, Wednesday in the school holidays, public holiday on a Thursday.
        ("Mo-Fr 13:00-19:00; SH 12:00-18:00; PH off", [(13, 19)], [(12, 18)], []),
        ("Mo-Fr 13:00-19:00; PH off; SH 12:00-18:00", [(13, 19)], [(12, 18)], []),
        ("Mo-Fr 13:00-19:00", [(13, 19)], [(13, 19)], [(13, 19)]),
        ("Mo-Fr 13:00-19:00; SH off", [(13, 19)], [], [(13, 19)]),
        ("Mo-Fr 13:00-19:00; PH,SH off", [(13, 19)], [], []),
        ("SH 12:00-18:00", [], [(12, 18)], []),
        ("PH 10:00-12:00", [], [], [(10, 12)]),
        ("Sa,PH 10:00-12:00", [], [], [(10, 12)]),
        ("SH Mo-Fr 12:00-18:00", [], [(12, 18)], []),
        ("SH Mo-Tu 12:00-18:00", [], [], []),
        ("SH Sa,Su 12:00-18:00; We 9:00-10:00", [(9, 10)], [(9, 10)], []),
        ("PH,SH Mo-Fr 12:00-18:00", [], [(12, 18)], [(12, 18)]),
        ("Mo-Fr 13:00-19:00; SH Mo-Fr 10:00-12:00; PH off", [(13, 19)], [(10, 12)], []),
        ("Mo-Fr SH 12:00-18:00", [], [(12, 18)], []),
        ("SH We[2] 12:00-18:00", [], [(12, 18)], []),
        ("SH We[1] 12:00-18:00", [], [], []),
        ("PH , SH off; Mo-Fr 13:00-19:00", [(13, 19)], [(13, 19)], [(13, 19)]),
        ("Mo-Fr 13:00-19:00; PHoff", [(13, 19)], [(13, 19)], []),
        ("Jun-Aug SH We 12:00-18:00", [], [(12, 18)], []),
        ('We,Th 13:00-19:00 "nicht an PH, SH"', [(13, 19)], [(13, 19)], [(13, 19)]),
    ],
)
def test_rules_of_holidays_hold_on_holidays_alone(
    hours: str,
    term: list[tuple[int, int]],
    holidays: list[tuple[int, int]],
    holy: list[tuple[int, int]],
) -> None:
    found = [open_intervals(hours, date, "NI") for date in (WEDNESDAY, SUMMER, ASCENSION)]
    expected = [tuple((a * H, b * H) for a, b in spans) for spans in (term, holidays, holy)]
    assert found == expected


def test_the_day_before_a_public_holiday_is_the_day_before() -> None:
    hours = "We 13:00-19:00; PH -1 day 10:00-12:00"
    assert open_intervals(hours, WEDNESDAY, "NI") == ((13 * H, 19 * H),)
    before = ASCENSION - dt.timedelta(days=1)
    assert open_intervals(hours, before, "NI") == ((10 * H, 12 * H),)
    assert open_intervals(hours, ASCENSION, "NI") == ()


def test_a_holiday_of_another_state_changes_nothing() -> None:
    hours = "Mo-Sa 10:00-12:00; PH off"
    assert open_intervals(hours, REFORMATION, "NI") == ()
    assert open_intervals(hours, REFORMATION, "NW") == ((10 * H, 12 * H),)


def test_a_day_of_unknown_school_holidays_counts_as_term() -> None:
    hours = "Mo-Su 13:00-19:00; SH off"
    assert open_intervals(hours, dt.date(2060, 7, 14), "NI") == ((13 * H, 19 * H),)


@pytest.mark.parametrize("date", ["2026-03-29", "2026-10-25"])
def test_hours_are_those_of_the_clock_on_days_of_23_and_25_hours(date: str) -> None:
    assert open_intervals("Su 14:00-18:00", day(date), "NI") == ((14 * H, 18 * H),)
    assert open_intervals("24/7", day(date), "NI") == ((0, DAY_S),)


DAYS = st.sampled_from(["We", "Mo-Fr", "Sa,Su", "We[2]", "Mo , Th", "Fr-Mo,We"])
HOLIDAYS = st.sampled_from(["PH", "SH", "PH,SH", "SH , PH", "PH -1 day", "PH +2 days,SH"])
RULES = st.builds(
    lambda season, days, times: f"{season}{days} {times}",
    st.sampled_from(["", "Jun-Sep ", "week 1-30/2 "]),
    st.one_of(
        DAYS,
        HOLIDAYS,
        st.builds("{} {}".format, HOLIDAYS, DAYS),
        st.builds("{} {}".format, DAYS, HOLIDAYS),
        st.builds("{},{}".format, DAYS, HOLIDAYS),
        st.builds("{},{}".format, HOLIDAYS, DAYS),
    ),
    st.sampled_from(["13:00-19:00", "off", "18:00-02:00", '14:00-16:00 "PH, SH Mo"']),
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(RULES, min_size=1, max_size=3).map("; ".join).filter(validate),
    st.sampled_from([WEDNESDAY, SUMMER, ASCENSION, ASCENSION - dt.timedelta(days=1)]),
)
def test_hours_that_are_valid_can_be_read_on_every_kind_of_day(hours: str, date: dt.date) -> None:
    spans = open_intervals(hours, date, "NI")
    moments = [moment for span in spans for moment in span]
    assert moments == sorted(set(moments))
    assert all(0 <= moment <= DAY_S for moment in moments)


def test_hours_that_touch_are_one_stretch() -> None:
    hours = 'We 14:00-16:00 "inside", We 16:00-18:00 "outside"'
    assert open_intervals(hours, WEDNESDAY, "NI") == ((14 * 3600, 18 * 3600),)
