"""Why a place cannot be visited at all in a week: what is known without solving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geodata.places import Place
from tours.appointments import Appointment
from tours.calendar import open_intervals, week_dates
from tours.candidates import Offer
from tours.district import District
from tours.outings import Outings
from tours.problem import Shift
from tours.schedule import start_window
from tours.starts import open_starts


@dataclass(frozen=True, slots=True)
class Opening:
    """When a place is open on the day of an afternoon.

    Attributes
    ----------
    date : date
    bus : str
    start_s, end_s : int
        The afternoon.
    open_s : tuple of (int, int)
        When the place is open that day, each from and until.
    is_cancelled : bool
        Whether the afternoon is not driven.
    """

    date: dt.date
    bus: str
    start_s: int
    end_s: int
    open_s: tuple[tuple[int, int], ...]
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a place cannot be visited in a week, whatever else is in it.

    Attributes
    ----------
    reason : str
        One of `tours.leftout.REASONS`; ``retired``; or ``another_day`` for an appointment.
    hours : str
        Opening hours as they are written in places.csv.
    min_dwell_s : int
        Shortest halt.
    openings : tuple of Opening
        In the order of the week.
    missing_s : int
        By how much the most suitable afternoon is too short for the way there and back.
    """

    reason: str
    hours: str = ""
    min_dwell_s: int = 0
    openings: tuple[Opening, ...] = ()
    missing_s: int = 0


def hindrance(
    district: District, outings: Outings, offer: Offer, place: Place | Appointment, week: str
) -> Hindrance | None:
    """Return why a place cannot be visited in a week; None if it is offered.

    Parameters
    ----------
    district : District
    outings : Outings
    offer : Offer
    place : Place or Appointment
    week : str
    """
    reason = offer.left_out.get((place.id, week))
    if isinstance(place, Appointment):
        if reason is None and not any(map(place.is_on, week_dates(week))):
            reason = "another_day"
        return None if reason is None else Hindrance(reason)
    if reason is None:
        return None
    openings = tuple(_openings(district, outings, place, week))
    missing_s = 0
    if reason == "resting" and place.status == "retired":
        reason = "retired"
    elif reason == "closed" and any(
        opening.is_cancelled and _starts(district, place, opening) for opening in openings
    ):
        reason = "cancelled"
    elif reason == "unreachable":
        missing_s = _missing_s(district, offer, place, sorted(outings.in_week(week)))
    return Hindrance(reason, place.hours, place.min_dwell_s, openings, missing_s)


def _openings(district: District, outings: Outings, place: Place, week: str) -> Iterator[Opening]:
    config = district.config
    cancelled = {(c.date, c.bus) for c in outings.cancelled}
    for afternoon in config.afternoons:
        day = week_dates(week)[afternoon.weekday]
        yield Opening(
            date=day,
            bus=afternoon.bus,
            start_s=afternoon.start_s,
            end_s=afternoon.end_s,
            open_s=open_intervals(place.hours, day, config.state),
            is_cancelled=(day, afternoon.bus) in cancelled,
        )


def _starts(district: District, place: Place, opening: Opening) -> bool:
    """Tell whether a halt fits into the opening hours within an afternoon."""
    depot = district.config.depots[0].point
    shift = Shift("", opening.date, depot, opening.start_s, opening.end_s)
    return any(True for _start in open_starts(place, shift, district.config))


def _missing_s(district: District, offer: Offer, place: Place, shifts: Sequence[int]) -> int:
    """Return how many more seconds the most suitable afternoon would need."""
    problem = offer.problem
    missing: list[int] = []
    for shift in (problem.shifts[number] for number in shifts):
        for start, dwell in open_starts(place, shift, district.config):
            earliest, latest = start_window(problem, shift, place.id, dwell)
            missing.append(max(0, earliest - start) + max(0, start - latest))
    return min(missing)
