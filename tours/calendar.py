"""The calendar: dates of a week, public and school holidays, opening hours on a date."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

import holidays
from opening_hours import OpeningHours, State

from geodata.language import current_language, translator
from tours.errors import WeekError

_ = translator("tours")

WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_ENGLISH_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
# What else people write for them, in both languages; four letters or more are the whole name.
_WEEKDAY_WORDS = (
    ("mo", "mon", "montag", "monday"),
    ("di", "tu", "tue", "dienstag", "tuesday"),
    ("mi", "we", "wed", "mittwoch", "wednesday"),
    ("do", "th", "thu", "donnerstag", "thursday"),
    ("fr", "fri", "freitag", "friday"),
    ("sa", "sat", "samstag", "sonnabend", "saturday"),
    ("so", "su", "sun", "sonntag", "sunday"),
)
_OSM_WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY_S = 24 * 3600
_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})")
_HOLIDAY = r"(?:PH(?: [+-]\d+ days?)?|SH)"
_DAY = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_DAYS = rf"{_DAY}(?:-{_DAY}|\[[^]]*\](?: [+-]\d+ days?)?)?"
_SELECTOR = re.compile(
    r'"[^"]*"|'
    rf"(?:(?P<before>{_DAYS}(?: ?, ?{_DAYS})*) )?"
    rf"(?P<holidays>{_HOLIDAY}(?: ?, ?{_HOLIDAY})*)"
    rf"(?: (?P<after>{_DAYS}(?: ?, ?{_DAYS})*))?"
)


def typed_weekday(weekday: int) -> str:
    """Return a weekday as people type it in the current language; 0 is Monday."""
    return (WEEKDAYS if current_language() == "de" else _ENGLISH_WEEKDAYS)[weekday]


def weekday_of(text: str) -> int | None:
    """Return the weekday that a word means, German or English; 0 is Monday, None if it is none."""
    word = text.strip().casefold()
    return next((n for n, words in enumerate(_WEEKDAY_WORDS) if word in words), None)


def week_dates(week: str) -> tuple[dt.date, ...]:
    """Return the seven days of an ISO week, Monday first.

    Raises
    ------
    WeekError
        If the text is not an ISO week.
    """
    match = _WEEK.fullmatch(week)
    try:
        if match is None:
            raise ValueError(week)
        monday = dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        return tuple(monday + dt.timedelta(days=i) for i in range(7))
    except (ValueError, OverflowError):
        raise _no_week(week) from None


def _no_week(text: str) -> WeekError:
    match = _WEEK.fullmatch(text)
    if match and 0 < int(match[1]) < dt.MAXYEAR:
        # The last week of a year is that of 28 December.
        number = dt.date(int(match[1]), 12, 28).isocalendar().week
        if not 1 <= int(match[2]) <= number:
            return WeekError(
                _("“{week}” is not a calendar week: {year} has {number} weeks").format(
                    week=text, year=match[1], number=number
                ),
                remedy=_("Write it as in 2026-W48"),
            )
    return WeekError(
        _("“{week}” is not a calendar week").format(week=text),
        remedy=_("Write it as in 2026-W48"),
    )


def week_of(day: dt.date) -> str:
    """Return the ISO week of a day, ``2026-W48``."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def weeks_from(week: str, number: int) -> tuple[str, ...]:
    """Return some ISO weeks that follow each other.

    Parameters
    ----------
    week : str
        The first one.
    number : int

    Raises
    ------
    WeekError
        If the text is not an ISO week.
    """
    monday = week_dates(week)[0]
    try:
        return tuple(week_of(monday + dt.timedelta(weeks=i)) for i in range(number))
    except OverflowError:
        raise _no_week(week) from None


def weeks_between(earlier: str, later: str) -> int:
    """Return how many weeks lie from one ISO week to another."""
    return (week_dates(later)[0] - week_dates(earlier)[0]).days // 7


@lru_cache
def _public(state: str, year: int, language: str) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("DE", subdiv=state, years=year, language=language))


@lru_cache
def _school(state: str, year: int, language: str = "de") -> dict[dt.date, str]:
    return dict(
        holidays.country_holidays(
            "DE", subdiv=state, years=year, language=language, categories=("school",)
        )
    )


def public_holiday(day: dt.date, state: str) -> str | None:
    """Return the name of a public holiday, or None on another day.

    Parameters
    ----------
    day : date
    state : str
        Federal state, ISO 3166-2 without ``DE-``: ``NI``.
    """
    return _public(state, day.year, _holiday_language()).get(day)


def workday_near(day: dt.date, state: str) -> dt.date:
    """Return the day itself, or if it is a public holiday that weekday in a week before."""
    while public_holiday(day, state) is not None:
        day -= dt.timedelta(weeks=1)
    return day


def _holiday_language() -> str:
    return "de" if current_language() == "de" else "en_US"


def school_holiday(day: dt.date, state: str) -> str | None:
    """Return the name of the school holidays that a day is in, or None.

    Parameters
    ----------
    day : date
    state : str
        Federal state, ISO 3166-2 without ``DE-``: ``NI``.
    """
    return _school(state, day.year, _holiday_language()).get(day)


def is_school_holiday(day: dt.date, state: str) -> bool | None:
    """Tell whether a day is a school holiday; None where the dates are not published yet."""
    if day in _school(state, day.year):
        return True
    # Holidays are published years ahead; after the last known day, nothing is known.
    known = {*_school(state, day.year), *_school(state, day.year + 1)}
    return False if known and day <= max(known) else None


def _selector(match: re.Match[str], day: dt.date, state: str) -> str:
    """Write a selector of holidays so that it holds on this day, or does not.

    The library knows no German school holidays and no state's public ones; without a country
    both never hold. So the name of a holiday that is today becomes the name of the weekday.
    Beside weekdays, as in ``SH Mo-Fr``, both have to hold, which the library does not heed.
    """
    if match["holidays"] is None:
        return match[0]  # a comment
    names = re.split(r"\s*,\s*", match["holidays"])
    is_held = any(_is_today(name, day, state) for name in names)
    weekdays = match["before"] or match["after"]
    if weekdays is not None:
        return weekdays if is_held else "SH"
    return _OSM_WEEKDAYS[day.weekday()] if is_held else match["holidays"]


def _is_today(name: str, day: dt.date, state: str) -> bool:
    if name == "SH":
        return bool(is_school_holiday(day, state))
    days_after = int(name.split()[1]) if " " in name else 0
    return public_holiday(day - dt.timedelta(days=days_after), state) is not None


def open_intervals(hours: str, day: dt.date, state: str) -> tuple[tuple[int, int], ...]:
    """Return when a place is open on a day.

    Public and school holidays are those of the federal state. Where school holidays are
    unknown the day counts as term time.

    Parameters
    ----------
    hours : str
        opening_hours syntax of OpenStreetMap; empty for always.
    day : date
    state : str

    Returns
    -------
    tuple of (int, int)
        Start and end, seconds after midnight, in order, with time between them.
    """
    if not hours:
        return ((0, DAY_S),)
    hours = _SELECTOR.sub(lambda match: _selector(match, day, state), hours)
    midnight = dt.datetime.combine(day, dt.time())
    rules = OpeningHours(hours, auto_country=False, auto_timezone=False)
    spans: list[tuple[int, int]] = []
    for start, end, status, *_rest in rules.intervals(midnight, midnight + dt.timedelta(days=1)):
        if status != State.OPEN:
            continue
        opens, closes = (int((moment - midnight).total_seconds()) for moment in (start, end))
        # A new comment begins a new interval, but nobody has to leave for it.
        if spans and spans[-1][1] == opens:
            opens = spans.pop()[0]
        spans.append((opens, closes))
    return tuple(spans)
