"""Days on which a service does not drive, every year or once, as region.toml lists them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from geodata.language import translator
from tours.tomltable import Table

_ = translator("tours")

KEY = "no_service"
_DAY = re.compile(r"(?:(?P<year>\d{4})-)?(?P<month>\d{2})-(?P<day>\d{2})(?: +(?P<reason>.+))?")
_GERMAN_DAY = re.compile(
    r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\.(?: ?(?P<year>\d{4}))?(?: +(?P<reason>.+))?"
)
# A leap year, so that the 29th of February is a day of some years.
_ANY_YEAR = 2024
# No public holiday, but many close early, and the buses of others do not drive.
_EVES = {(12, 24): "christmas", (12, 31): "new_year"}


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day on which the service does not drive.

    Attributes
    ----------
    month, day : int
    year : int or None
        None for every year.
    reason : str
        What the team says; empty if it says nothing.
    """

    month: int
    day: int
    year: int | None = None
    reason: str = ""

    def is_on(self, date: dt.date) -> bool:
        """Tell whether a date is the day."""
        return (date.month, date.day) == (self.month, self.day) and self.year in (None, date.year)


def read_days_off(table: Table) -> tuple[DayOff, ...]:
    """Read the list of days, each with a reason behind it or not; faults are noted."""
    found: list[DayOff] = []
    for value in table.entries(KEY):
        day = _read(value)
        if day is None:
            table.fault(
                KEY,
                _("“{day}” is not a day").format(day=value),
                _('Write days as in ["12-24 Christmas Eve", "2026-10-31"], in quotes'),
            )
        else:
            found.append(day)
    return tuple(found)


def _read(value: object) -> DayOff | None:
    if isinstance(value, dt.datetime):
        return None
    if isinstance(value, dt.date):
        return DayOff(value.month, value.day, value.year)
    text = value.strip() if isinstance(value, str) else ""
    match = _DAY.fullmatch(text) or _GERMAN_DAY.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"]) if match["year"] else None
    try:
        date = dt.date(_ANY_YEAR if year is None else year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return DayOff(date.month, date.day, year, match["reason"] or "")


def eve_of(day: dt.date) -> str | None:
    """Return the name of a day that is no public holiday, though few expect a bus; else None."""
    eve = _EVES.get((day.month, day.day))
    return {"christmas": _("Christmas Eve"), "new_year": _("New Year's Eve"), None: None}[eve]
