"""Months as people write them: 2026-09, 9.2026, September 2026, Sep 26, the first of the month."""

from __future__ import annotations

import datetime as dt
import re

from geodata.spelling import spelling

NAMES = (
    ("januar", "jan", "jänner", "january"),
    ("februar", "feb", "febr", "february"),
    ("märz", "maerz", "mär", "mrz", "march", "mar"),
    ("april", "apr"),
    ("mai", "may"),
    ("juni", "jun", "june"),
    ("juli", "jul", "july"),
    ("august", "aug"),
    ("september", "sep", "sept"),
    ("oktober", "okt", "october", "oct"),
    ("november", "nov"),
    ("dezember", "dez", "december", "dec"),
)
_NUMBERS = {name: number for number, names in enumerate(NAMES, start=1) for name in names}
# Of two digits alone a stroke tells a month and its year; 9.12 could be a day.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4}) ?[-./] ?(?P<month>\d{1,2})",
        r"(?P<month>\d{1,2}) ?[-./] ?(?P<year>\d{4})",
        r"(?P<month>\d{1,2})/(?P<year>\d{2})",
        r"(?P<name>[a-zä]+)[.,]? ?[-/']? ?(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4}) ?[-/]? ?(?P<name>[a-zä]+)\.?",
    )
)
_DAYS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[ t]00:00(?::00(?:\.0+)?)?)?",
        r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})\. ?(?P<name>[a-zä]+)\.? (?P<year>\d{4}|\d{2})",
    )
)


def month_of(text: str, year: str = "") -> dt.date | None:
    """Return the first day of the month that a text names; None if it names none.

    Parameters
    ----------
    text : str
        A day is the first of the month; see `is_other_day`.
    year : str
        Of four digits or two, for a text that names none, such as “September” or “9”.
    """
    plain = spelling(text)
    if year and (plain.rstrip(".") in _NUMBERS or re.fullmatch(r"\d{1,2}\.?", plain)):
        plain = plain.rstrip(".")
        century = "20" if re.fullmatch(r"\d{2}", year.strip()) else ""
        plain = f"{century}{year.strip()}-{_NUMBERS.get(plain, plain)}"
    for form in (*_FORMS, *_DAYS):
        if match := form.fullmatch(plain):
            day = _day(match)
            return day if day is not None and day.day == 1 else None
    return None


def is_other_day(text: str) -> bool:
    """Tell whether a text names a day that is not the first of a month."""
    plain = spelling(text)
    days = (_day(match) for form in _DAYS if (match := form.fullmatch(plain)))
    return any(day is not None and day.day != 1 for day in days)


def _day(match: re.Match[str]) -> dt.date | None:
    found = match.groupdict()
    month = _NUMBERS.get(found["name"], 0) if found.get("name") else int(found["month"])
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return dt.date(year, month, int(found.get("day") or 1))
    except ValueError:
        return None
