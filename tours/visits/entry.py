"""The line a person types about a stop: met, of them new, arrival, departure; numbers only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from geodata.daytext import read_day
from geodata.errors import Fault
from geodata.language import translator
from tours.dates import numeric_date
from tours.errors import VisitError
from tours.visits.visit import REASONS, PlannedStop, Visit, slips

_ = translator("tours")

NOT_THERE = "-"
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about.

    Attributes
    ----------
    place : str
    date : date
    today : date
    planned : PlannedStop or None
        Its times are meant where none are typed.
    """

    place: str
    date: dt.date
    today: dt.date
    planned: PlannedStop | None = None


def read_entry(text: str, asking: Asking) -> Visit:
    """Return the visit that a line tells.

    ``3`` is 3 met; ``3 1`` with one of them new; ``3 1 1430 1500`` with arrival and departure.

    Raises
    ------
    VisitError
        If it does not.
    """
    words = text.split()
    if not 1 <= len(words) <= 4 or not all(word.isdecimal() for word in words[:2]):
        raise VisitError(
            _("“{text}” is not understood").format(text=text),
            remedy=_("Write met, new, arrival, departure, as in 3 or 3 1 or 3 1 1430 1500"),
        )
    times = [read_time(word) for word in words[2:]]
    planned = asking.planned
    if planned is None and len(times) < 2:
        raise VisitError(
            _("A stop that was not planned needs its times"),
            remedy=_("Write met, new, arrival and departure, as in 3 1 1430 1500"),
        )
    usual = usual_times(planned) if planned else ()
    arrival, departure = (*times, *usual[len(times) :])
    met, new = int(words[0]), int(words[1]) if len(words) > 1 else 0
    return checked(asking, arrival_s=arrival, departure_s=departure, met=met, new=new)


def usual_times(planned: PlannedStop) -> tuple[int, int]:
    """Return arrival and departure of a stop as planned, full minutes in seconds."""
    return planned.arrival_s // 60 * 60, planned.departure_s // 60 * 60


def read_time(text: str) -> int:
    """Return a time of day, as 1430 or 14:30, as seconds after midnight.

    Raises
    ------
    VisitError
        If it is none.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        raise VisitError(
            _("“{value}” is not a time of day").format(value=text),
            remedy=_("Write it as in 14:30 or 1430"),
        )
    return int(match[1]) * 3600 + int(match[2]) * 60


def checked(asking: Asking, *, arrival_s: int, departure_s: int, met: int, new: int) -> Visit:
    """Return a visit whose numbers can be right.

    Raises
    ------
    VisitError
        With all that cannot be.
    """
    faults = list(
        slips(
            date=asking.date,
            arrival_s=arrival_s,
            departure_s=departure_s,
            met=met,
            new=new,
            today=asking.today,
        )
    )
    if faults:
        raise VisitError.collected(Fault(what, remedy=remedy) for _field, what, remedy in faults)
    return Visit(
        place=asking.place,
        date=asking.date,
        arrival_s=arrival_s,
        departure_s=departure_s,
        met=met,
        new=new,
        planned=asking.planned,
    )


def missed(asking: Asking, reason: str, start_s: int | None = None) -> Visit:
    """Return that a planned stop did not take place.

    Raises
    ------
    VisitError
        If it was not planned, or the day has not been yet.
    """
    if asking.planned is None and start_s is None:
        raise VisitError(
            _("No stop at {place} was planned on {date}").format(
                place=asking.place, date=numeric_date(asking.date)
            ),
            remedy=_("Only a stop that was announced can fail to take place"),
        )
    start = asking.planned.start_s if asking.planned else start_s or 0
    visit = checked(asking, arrival_s=start, departure_s=start + 60, met=0, new=0)
    return replace(visit, departure_s=start, reason=reason)


def read_reason(text: str) -> str:
    """Return a reason by its number, as they are listed, from 1.

    Raises
    ------
    VisitError
        If there is no such number.
    """
    if text.isdecimal() and 1 <= int(text) <= len(REASONS):
        return REASONS[int(text) - 1]
    raise VisitError(
        _("“{text}” is not understood").format(text=text),
        remedy=_("Write a number from 1 to {most}").format(most=len(REASONS)),
    )


def read_visit_day(
    text: str, *, since: dt.date | None = None, until: dt.date | None = None
) -> dt.date:
    """Return a date, as 2026-11-25, 25.11.2026 or 25.11.; see `geodata.daytext.read_day`.

    Raises
    ------
    VisitError
        If it is none.
    """
    day = read_day(text.strip(), since=since, until=until)
    if day is None:
        raise VisitError(
            _("“{value}” is not a date").format(value=text),
            remedy=_("Write it as in 2026-11-25, 25.11.2026 or 25.11."),
        )
    return day
