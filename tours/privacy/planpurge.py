"""Stored plans without the addresses of past appointments.

The halt stays, with its published times, its id and its municipality. Its name becomes that of a
private appointment, its position that of the municipality's centre. The drives to it and from it
become straight lines, with a length and a time that are estimated from these: how long the real
ones were would tell where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import numpy as np

from geodata.crs import to_metres
from geodata.estimate import ROAD_CIRCUITY, SPEED_KPH
from geodata.language import LANGUAGES, speaking, translator
from geodata.region import Municipality
from tours.calendar import week_dates
from tours.leftout import Unassigned
from tours.plan import Plan
from tours.schedule import Times, with_drives
from tours.tour import Leg, Stop, Tour

_ = translator("tours")

Halt = TypeVar("Halt", Stop, Unassigned)
Centres = Mapping[str, Municipality]
Point = tuple[float, float]


def num_addresses(plan: Plan, before: dt.date, centres: Centres) -> int:
    """Return how many addresses of appointments before a day are in a plan.

    Parameters
    ----------
    plan : Plan
    before : date
    centres : Mapping of str to Municipality
        Those of the district, by key.
    """
    in_tours = sum(
        sum(stop.is_appointment for stop in tour.stops)
        for tour in plan.tours
        if tour.date < before and _tour_without(tour, plan, centres) != tour
    )
    left_out = (one for one in _left_out(plan, before) if _moved(one, plan, centres) != one)
    return in_tours + sum(1 for _one in left_out)


def plan_without_addresses(plan: Plan, before: dt.date, centres: Centres) -> Plan:
    """Return a plan without the addresses of appointments before a day."""
    old = set(_left_out(plan, before))
    return replace(
        plan,
        tours=tuple(
            _tour_without(tour, plan, centres) if tour.date < before else tour
            for tour in plan.tours
        ),
        unassigned=tuple(
            _moved(one, plan, centres) if one in old else one for one in plan.unassigned
        ),
    )


def _left_out(plan: Plan, before: dt.date) -> tuple[Unassigned, ...]:
    """Return the appointments that are not in the plan of a week that is over."""
    if week_dates(plan.week)[-1] >= before:
        return ()
    return tuple(one for one in plan.unassigned if one.is_appointment)


def _centre(halt: Stop | Unassigned, plan: Plan, centres: Centres) -> tuple[float, float]:
    """Return where an appointment is said to be without its address."""
    if halt.ags in centres:
        return centres[halt.ags].lon, centres[halt.ags].lat
    # A municipality that is none of the district's any more.
    return (plan.tours[0].depot.lon, plan.tours[0].depot.lat) if plan.tours else (0.0, 0.0)


def _moved(halt: Halt, plan: Plan, centres: Centres) -> Halt:
    lon, lat = _centre(halt, plan, centres)
    return replace(halt, lon=lon, lat=lat, name=_name(halt))


def _name(halt: Stop | Unassigned) -> str:
    """Return what an appointment without its address is called; in any language, it stays."""
    names: list[str] = []
    for language in LANGUAGES:
        with speaking(language):
            names.append(_("appointment {id}").format(id=halt.place_id))
    return halt.name if halt.name in names else _("appointment {id}").format(id=halt.place_id)


def _tour_without(tour: Tour, plan: Plan, centres: Centres) -> Tour:
    is_moved = [stop.is_appointment for stop in tour.stops]
    if not any(is_moved):
        return tour
    stops = [_moved(stop, plan, centres) if stop.is_appointment else stop for stop in tour.stops]
    depot = (tour.depot.lon, tour.depot.lat)
    points = [depot, *((stop.lon, stop.lat) for stop in stops), depot]
    # A drive is touched if the halt before it or after it was moved.
    touched = [a or b for a, b in zip([False, *is_moved], [*is_moved, False], strict=True)]
    legs = [
        _straight(points[number], points[number + 1]) if touched[number] else leg
        for number, leg in enumerate(tour.legs)
    ]
    # When the bus leaves, arrives and returns tells how long the drives were, too.
    times = with_drives(
        Times(
            tour.leave_s,
            tour.return_s,
            tuple(stop.arrival_s for stop in stops),
            tuple(stop.leave_s for stop in stops),
        ),
        [stop.start_s for stop in stops],
        {number: leg.drive_s for number, leg in enumerate(legs) if touched[number]},
    )
    return replace(
        tour,
        stops=tuple(
            replace(stop, arrival_s=arrival_s)
            for stop, arrival_s in zip(stops, times.arrivals_s, strict=True)
        ),
        legs=tuple(legs),
        leave_s=times.leave_s,
        return_s=times.return_s,
    )


def _straight(start: Point, end: Point) -> Leg:
    """Return the drive between two points as it is estimated without roads."""
    (x0, y0), (x1, y1) = to_metres([start[0], end[0]], [start[1], end[1]])
    length_m = round(float(np.hypot(x1 - x0, y1 - y0)) * ROAD_CIRCUITY)
    return Leg(round(length_m / SPEED_KPH * 3.6), length_m, (start, end))
