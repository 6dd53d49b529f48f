"""A week as people write it: 2026-W48, 48, KW 48/2026, a day in it, this or next."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from geodata.daytext import read_day
from geodata.language import translator
from geodata.spelling import spelling
from tours.calendar import week_dates, week_of
from tours.errors import WeekError

_ = translator("tours")

_YEAR_FIRST = re.compile(r"([0-9]{4})[- ]?(?:kw|w) ?([0-9]{1,2})")
_NUMBER_FIRST = re.compile(
    r"(?:(?:kw|w|woche|week) ?)?([0-9]{1,2})(?:\. ?(?:kw|woche))?"
    r"(?:(?: ?/ ?| )([0-9]{4}|[0-9]{2}))?"
)
_THIS = ("diese", "dieser", "aktuelle", "this")
_LAST = ("letzte", "letzter", "vorige", "last")
_NEXT = ("nächste", "nächster", "naechste", "kommende", "next")
# A year with a 53rd week comes within so many.
_YEARS = 8


def read_week(text: str, today: dt.date | None, known: Collection[str] = ()) -> str:
    """Return the ISO week that a text means.

    Parameters
    ----------
    text : str
    today : date or None
        What names no year is the nearest one from this day's week on; without a day it is a fault.
    known : collection of str
        ISO weeks. What names no year is the last of them that it fits, if it fits one.

    Raises
    ------
    WeekError
        If it means none, or a week that its year does not have.
    """
    words = spelling(text)
    if match := _YEAR_FIRST.fullmatch(words):
        return _checked(match[1], match[2], text)
    match = _NUMBER_FIRST.fullmatch(words)
    if match and match[2]:
        return _checked(match[2] if len(match[2]) == 4 else f"20{match[2]}", match[1], text)
    monday = None if today is None else today - dt.timedelta(days=today.weekday())
    found = None
    if match and (alike := [week for week in known if int(week[-2:]) == int(match[1])]):
        return max(alike)
    if match and monday is not None:
        found = _next_of(int(match[1]), monday)
    elif monday is not None and (steps := _steps(words)) is not None:
        found = monday + dt.timedelta(weeks=steps)
    elif not match:
        if alike := [week for week in known if _holds(week, words)]:
            return max(alike)
        found = read_day(words, since=monday)
    try:
        if found is not None:
            return week_of(week_dates(week_of(found))[0])
    except (OverflowError, ValueError):
        pass  # at the end of all calendars
    raise no_week(text)


def no_week(text: str) -> WeekError:
    """Return the fault of a text that means no week, with all that would."""
    return WeekError(
        _("“{week}” is not a calendar week").format(week=text),
        remedy=_(
            "Write it as in 2026-W48, 48, KW 48/2026, 24.11.2026 (the week of that day), this or "
            "next"
        ),
    )


def _checked(year: str, number: str, text: str) -> str:
    week = f"{year}-W{int(number):02d}"
    try:
        week_dates(week)
    except WeekError as error:
        # That a year has fewer weeks is said there.
        raise no_week(text) if int(number) == 0 or int(number) > 53 else error from None
    return week


def _holds(week: str, day: str) -> bool:
    """Tell whether a day, the first of that name since a week began, is in it."""
    found = read_day(day, since=week_dates(week)[0])
    return found is not None and week_of(found) == week


def _next_of(number: int, monday: dt.date) -> dt.date | None:
    """Return the Monday of the next week with a number, that of today among them."""
    for year in range(monday.isocalendar().year, monday.isocalendar().year + _YEARS):
        try:
            found = dt.date.fromisocalendar(year, number, 1)
        except ValueError:
            continue
        if found >= monday:
            return found
    return None


def _steps(words: str) -> int | None:
    """Return how many weeks ahead words point; None if they do not."""
    first = re.sub(r" (?:woche|week)$", "", words)
    return next(
        (steps for steps, said in ((-1, _LAST), (0, _THIS), (1, _NEXT)) if first in said), None
    )
