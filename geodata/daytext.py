"""A day as people write it: 2026-11-24, 24.11.2026, 24.11.26; 24.11. where the year is clear."""

from __future__ import annotations

import datetime as dt
import re

# With the year before or after; a day without one ends in a point or not.
DAY = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\. ?[0-9]{1,2}(?:\. ?[0-9]{4}|\.[0-9]{2}|\.?)"
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_GERMAN = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})(?:\. ?([0-9]{4})|\.([0-9]{2})|\.?)")
# From one 29 February to the next, the turn of a century between them.
_YEARS = 8


def read_day(
    text: str, *, since: dt.date | None = None, until: dt.date | None = None
) -> dt.date | None:
    """Return the day that a text means; None if it means none.

    Parameters
    ----------
    text : str
    since, until : date or None
        A day without a year is the first one since, or else the last one until; without either
        it means none.
    """
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    match = _GERMAN.fullmatch(text)
    if match is None:
        return None
    day, month = int(match[1]), int(match[2])
    if match[3] or match[4]:
        return _day(int(match[3] or f"20{match[4]}"), month, day)
    if since is not None:
        days = (_day(since.year + n, month, day) for n in range(_YEARS + 1))
        return next((one for one in days if one and one >= since), None)
    if until is not None:
        days = (_day(until.year - n, month, day) for n in range(_YEARS + 1))
        return next((one for one in days if one and one <= until), None)
    return None


def lacks_year(text: str) -> bool:
    """Tell whether a text is a day without a year."""
    match = _GERMAN.fullmatch(text)
    return match is not None and not (match[3] or match[4])


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:  # as the 30th of February
        return None
