"""The monthly tally: age bands and topics counted by area and month, never by visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.language import translator
from geodata.printable import printable
from tours.coverage.periods import Period
from tours.coverage.suppression import SMALLEST, hidden_cells
from tours.errors import VisitError
from tours.monthtext import is_other_day, month_of
from tours.privacy.settings import topic_text
from tours.visits.visit import FIRST_DATE

_ = translator("tours")

AGE, TOPIC = "age", "topic"
# Ages at which a band begins: where the law or school draws a line.
BOUNDS = (10, 12, 14, 16, 18, 22, 25)
MOST_COUNTED = 5_000
# Counts of topics from 1 to one less do not leave the house.
SMALLEST_TOPIC = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of the tally.

    Attributes
    ----------
    area : str
        Name of the area; empty for the rest of the district.
    month : date
        Its first day.
    kind : str
        ``age`` or ``topic``.
    item : str
        An age band, such as ``14-15``, ``-13`` or ``22-``; or a topic.
    count : int
    """

    area: str
    month: dt.date
    kind: str
    item: str
    count: int

    def __post_init__(self) -> None:
        if self.month.day != 1:
            raise ValueError(f"month must be a first day, got {self.month}")
        if self.kind not in (AGE, TOPIC):
            raise ValueError(f"kind must be {AGE} or {TOPIC}, got {self.kind!r}")
        if self.count < 0:
            raise ValueError(f"count must be 0 or more, got {self.count}")


def age_bands(first: int, last: int) -> tuple[str, ...]:
    """Return the age bands of a service, with those below and above its ages.

    Parameters
    ----------
    first, last : int
        Ages that the service is for.
    """
    starts = [first, *(bound for bound in BOUNDS if first < bound <= last)]
    # A single age at an end would be a band of few.
    if len(starts) > 1 and starts[-1] == last:
        starts.pop()
    if len(starts) > 1 and starts[1] == first + 1:
        del starts[1]
    ends = [*(start - 1 for start in starts[1:]), last]
    bands = (f"{a}-{b}" for a, b in zip(starts, ends, strict=True))
    return (f"-{first - 1}", *bands, f"{last + 1}-")


def item_text(kind: str, item: str) -> str:
    """Return what an age band or a topic is called."""
    if kind == TOPIC:
        return topic_text(item)
    first, _dash, last = item.partition("-")
    if not first:
        return _("up to {age} years").format(age=last)
    if not last:
        return _("{age} years and older").format(age=first)
    if first == last:
        return _("{age} years").format(age=first)
    return _("{first} to {last} years").format(first=first, last=last)


def area_text(area: str) -> str:
    """Return what an area is called."""
    return area or _("rest of the district")


def read_month(text: str, today: dt.date, year: str = "") -> dt.date:
    """Return the first day of a month, as 2026-10, 10.2026 or October 2026.

    Parameters
    ----------
    text : str
    today : date
    year : str
        For a text that names none.

    Raises
    ------
    VisitError
        If it is none, or has not begun.
    """
    shown = printable(f"{text} {year}".strip(), 40)
    if is_other_day(text):
        raise VisitError(
            _("“{value}” is a day, but numbers are counted by month").format(value=shown),
            remedy=_("Write the month alone, as in 2026-10, and the sum of its days"),
        )
    day = month_of(text, year)
    if day is None or (year and year.strip() not in (f"{day:%Y}", f"{day:%y}")):
        raise VisitError(
            _("“{value}” is not a month").format(value=shown),
            remedy=_("Write it as in 2026-10 or 10.2026"),
        )
    if not FIRST_DATE <= day <= today:
        raise VisitError(
            _("{month} has not begun, or is too long ago").format(month=f"{day:%Y-%m}"),
            remedy=_("Correct the month"),
        )
    return day


def read_count(text: str) -> int:
    """Return a number of the tally.

    Raises
    ------
    VisitError
        If it is none.
    """
    word = text.strip()
    if word.isdecimal() and len(word) <= len(str(MOST_COUNTED)) and int(word) <= MOST_COUNTED:
        return int(word)
    raise VisitError(
        _("“{text}” is not understood").format(text=printable(text, 40)),
        remedy=_("Write a number from 0 to {most}").format(most=MOST_COUNTED),
    )


@dataclass(frozen=True, slots=True)
class DistrictTally:
    """What of the tally may leave the house: the district as a whole, in a quarter.

    Attributes
    ----------
    ages, topics : tuple of (str, int or None)
        Item and count; None is hidden.
    total : int or None
        Of the ages.
    is_counted : bool
        Whether anything was counted at all; else no zero means anything.
    """

    ages: tuple[tuple[str, int | None], ...]
    topics: tuple[tuple[str, int | None], ...]
    total: int | None
    is_counted: bool = True


def district_tally(
    tallies: Iterable[Tally], period: Period, bands: Sequence[str], topics: Sequence[str]
) -> DistrictTally:
    """Return what may leave the house of a period.

    Only periods that do not overlap may be published, since the difference of two is a third.

    Parameters
    ----------
    tallies : iterable of Tally
    period : Period
        Of whole months.
    bands, topics : sequence of str
        In their order; others that were counted follow.
    """
    sums: dict[tuple[str, str], int] = {}
    for item in bands:
        sums[AGE, item] = 0
    for item in topics:
        sums[TOPIC, item] = 0
    is_counted = False
    for one in tallies:
        if period.holds(one.month):
            is_counted = True
            key = one.kind, one.item
            sums[key] = sums.get(key, 0) + one.count
    ages = [(item, count) for (kind, item), count in sums.items() if kind == AGE]
    hidden = hidden_cells(np.array([[count] for _item, count in ages], np.int64), SMALLEST)
    # Of a single column the rows' totals say the same as the cells.
    is_hidden = hidden[:, 0]
    total = sum(count for _item, count in ages)
    return DistrictTally(
        ages=tuple(
            (item, None if is_hidden[row] else count) for row, (item, count) in enumerate(ages)
        ),
        topics=tuple(
            (item, None if 0 < count < SMALLEST_TOPIC else count)
            for (kind, item), count in sums.items()
            if kind == TOPIC
        ),
        total=None if is_hidden[-1] else total,
        is_counted=is_counted,
    )
