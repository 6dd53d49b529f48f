"""Visits on the napkin."""

from __future__ import annotations

import datetime as dt

from tours.visits.visit import PlannedStop, Visit

DAY = dt.date(2026, 11, 17)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
PLANNED = PlannedStop("2026-W47", "2026-11-17-0", 52_200, 52_800, 56_400)


def visit(
    place: str = "markt",
    date: dt.date = DAY,
    start: str = "14:40",
    minutes: int = 60,
    met: int = 3,
    new: int = 1,
    planned: PlannedStop | None = None,
) -> Visit:
    """Return a visit that took place."""
    hour, minute = map(int, start.split(":"))
    arrival = hour * 3600 + minute * 60
    return Visit(
        place=place,
        date=date,
        arrival_s=arrival,
        departure_s=arrival + minutes * 60,
        met=met,
        new=new,
        planned=planned,
    )


def missed(place: str = "markt", date: dt.date = DAY, reason: str = "staff") -> Visit:
    """Return the planned stop, which did not take place."""
    return Visit(
        place=place,
        date=date,
        arrival_s=PLANNED.start_s,
        departure_s=PLANNED.start_s,
        reason=reason,
        planned=PLANNED,
    )
