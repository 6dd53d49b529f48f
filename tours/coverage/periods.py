"""Periods of the management report: quarters, the 52 weeks up to a day, what came before."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from geodata.language import translator
from geodata.printable import printable
from tours.errors import CoverageError

_ = translator("tours")

YEAR_DAYS = 52 * 7
BLOCK_DAYS = 4 * 7
MOST_MONTHS = 6
_QUARTER = re.compile(r"([0-9]{4})[- ]?Q([1-4])|(?:Q?([1-4])/|Q([1-4]) )([0-9]{4})")


@dataclass(frozen=True, slots=True)
class Period:
    """Days that figures are about, both included.

    Attributes
    ----------
    first, last : date
    name : str
        ``2026-Q3`` for a quarter; empty for other days.
    """

    first: dt.date
    last: dt.date
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"last must not be before first, got {self.first} and {self.last}")

    @property
    def num_days(self) -> int:
        """Days, both ends included."""
        return (self.last - self.first).days + 1

    @property
    def weeks(self) -> float:
        """Length in weeks."""
        return self.num_days / 7

    def holds(self, day: dt.date) -> bool:
        """Tell whether a day is one of them."""
        return self.first <= day <= self.last

    def days(self) -> list[dt.date]:
        """Return its days."""
        return [self.first + dt.timedelta(days=number) for number in range(self.num_days)]


def quarter_of(day: dt.date) -> Period:
    """Return the quarter of a day."""
    number = (day.month - 1) // 3
    month = 3 * number + 3
    last = dt.date(day.year, month, calendar.monthrange(day.year, month)[1])
    return Period(dt.date(day.year, 3 * number + 1, 1), last, f"{day.year}-Q{number + 1}")


def read_quarter(text: str) -> Period:
    """Return a quarter, written as 2026-Q3, Q3 2026 or 3/2026.

    Raises
    ------
    CoverageError
        If it is none.
    """
    match = _QUARTER.fullmatch(text.strip().upper())
    year = int(match[1] or match[5]) if match else 0
    if match is None or not 2000 <= year <= 2100:
        raise CoverageError(
            _("“{text}” is not a quarter").format(text=printable(text, 40)),
            remedy=_("Write it as in 2026-Q3"),
        )
    return quarter_of(dt.date(year, 3 * int(match[2] or match[3] or match[4]), 1))


def quarters(first: dt.date, last: dt.date) -> list[Period]:
    """Return the quarters that have some of the days from a first to a last one."""
    found = [quarter_of(first)]
    while found[-1].last < last:
        found.append(quarter_of(found[-1].last + dt.timedelta(days=1)))
    return found


def before(period: Period) -> Period:
    """Return the quarter before a quarter, else as many days before some days."""
    last = period.first - dt.timedelta(days=1)
    if period.name:
        return quarter_of(last)
    return Period(last - dt.timedelta(days=period.num_days - 1), last)


def year_to(day: dt.date) -> Period:
    """Return the 52 weeks that end with a day."""
    return Period(day - dt.timedelta(days=YEAR_DAYS - 1), day)


def year_of(period: Period) -> Period:
    """Return the four quarters that end with a quarter, else the 52 weeks that end with a period.

    With a few days less than four quarters, the contacts of those days would be told by what is
    missing.
    """
    if not period.name:
        return year_to(period.last)
    first = period
    for _number in range(3):
        first = before(first)
    return Period(first.first, period.last)


def blocks(period: Period) -> list[Period]:
    """Return the whole spans of 4 weeks that end with a period; all of it if it is shorter."""
    found: list[Period] = []
    last = period.last
    while (last - period.first).days + 1 >= BLOCK_DAYS:
        first = last - dt.timedelta(days=BLOCK_DAYS - 1)
        found.append(Period(first, last))
        last = first - dt.timedelta(days=1)
    return found[::-1] or [period]


def months(period: Period) -> list[Period]:
    """Return the parts of a period that lie in one month each."""
    found: list[Period] = []
    first = period.first
    while first <= period.last:
        end = first.replace(day=calendar.monthrange(first.year, first.month)[1])
        found.append(Period(first, min(end, period.last)))
        first = end + dt.timedelta(days=1)
    return found


def columns(period: Period) -> list[Period]:
    """Return the columns of a table of counts: months, or all of a long period."""
    found = months(period)
    return found if len(found) <= MOST_MONTHS else [period]


def years(period: Period) -> float:
    """Return the length of a period in years: four quarters are one, leap year or not."""
    total = 0.0
    for year in range(period.first.year, period.last.year + 1):
        first = max(period.first, dt.date(year, 1, 1))
        last = min(period.last, dt.date(year, 12, 31))
        total += ((last - first).days + 1) / (365 + calendar.isleap(year))
    return total


def common(period: Period, first: dt.date | None, last: dt.date | None) -> Period | None:
    """Return the days of a period that lie between two others; None if there are none."""
    start, end = max(period.first, first or period.first), min(period.last, last or period.last)
    return Period(start, end, period.name) if start <= end else None
