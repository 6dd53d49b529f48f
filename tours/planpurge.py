"""Stored plans without the addresses of past appointments.

The halt stays, with its times, its id and its municipality. Its position becomes that of the
municipality's centre, and the drives to it and from it become straight lines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from geodata.language import translator
from geodata.region import Municipality
from tours.calendar import week_dates
from tours.plan import Leg, Plan, Stop, Tour, Unassigned

_ = translator("tours")

Halt = TypeVar("Halt", Stop, Unassigned)
Centres = Mapping[str, Municipality]


def num_addresses(plan: Plan, before: dt.date, centres: Centres) -> int:
    """Return how many addresses of appointments before a day are in a plan.

    Parameters
    ----------
    plan : Plan
    before : date
    centres : Mapping of str to Municipality
        Those of the district, by key.
    """
    stops = [stop for tour in plan.tours if tour.date < before for stop in tour.stops]
    halts: list[Stop | Unassigned] = [*stops, *_left_out(plan, before)]
    return sum(_has_address(halt, plan, centres) for halt in halts)


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
            _moved(one, plan, centres) if one in old and _has_address(one, plan, centres) else one
            for one in plan.unassigned
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


def _has_address(halt: Stop | Unassigned, plan: Plan, centres: Centres) -> bool:
    return halt.is_appointment and (halt.lon, halt.lat) != _centre(halt, plan, centres)


def _moved(halt: Halt, plan: Plan, centres: Centres) -> Halt:
    lon, lat = _centre(halt, plan, centres)
    return replace(halt, lon=lon, lat=lat, name=_("appointment {id}").format(id=halt.place_id))


def _tour_without(tour: Tour, plan: Plan, centres: Centres) -> Tour:
    is_moved = [_has_address(stop, plan, centres) for stop in tour.stops]
    if not any(is_moved):
        return tour
    stops = tuple(
        _moved(stop, plan, centres) if moves else stop
        for stop, moves in zip(tour.stops, is_moved, strict=True)
    )
    points = [
        (tour.depot.lon, tour.depot.lat),
        *((stop.lon, stop.lat) for stop in stops),
        (tour.depot.lon, tour.depot.lat),
    ]
    legs: list[Leg] = []
    for number, leg in enumerate(tour.legs):
        touched = is_moved[max(number - 1, 0) : number + 1] if number else is_moved[:1]
        straight = points[number], points[number + 1]
        legs.append(replace(leg, route=straight) if any(touched) else leg)
    return replace(tour, stops=stops, legs=tuple(legs))
