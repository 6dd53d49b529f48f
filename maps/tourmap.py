"""A tour on a map for paper: its line, its numbered stops and its depot, as all sheets draw it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

import numpy as np
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.language import translator
from maps import style, wording
from maps.lettering import printable
from maps.paper import Part
from maps.papermap import Marker, Route
from tours.plan import Plan
from tours.tour import Tour

_ = translator("maps")

SHAPES = ("circle", "square", "diamond", "hexagon")


def tour_look(position: int) -> Part:
    """Return the look of the n-th afternoon and the shape of its numbers, counted from 0."""
    return {**asdict(style.afternoon_style(position)), "shape": SHAPES[position % len(SHAPES)]}


def tour_route(tour: Tour, position: int, width_mm: float) -> Route:
    """Return the line of a whole afternoon."""
    legs = tuple(leg.route for leg in tour.legs)
    return Route(legs, style.afternoon_style(position), width_mm)


def stop_markers(tour: Tour, position: int, radius_mm: float) -> list[Marker]:
    """Return the numbers of an afternoon's stops."""
    shape, colour = SHAPES[position % len(SHAPES)], style.afternoon_style(position).colour
    return [
        Marker(str(i), stop.lon, stop.lat, shape, colour, radius_mm)
        for i, stop in enumerate(tour.stops, start=1)
    ]


def depot_mark(plan: Plan, tour: Tour) -> str:
    """Return what stands on the mark of a tour's depot: “D”, with a number among several."""
    depots = plan.depots
    return _("D") + (str(depots.index(tour.depot) + 1) if len(depots) > 1 else "")


def depot_marker(plan: Plan, tour: Tour, radius_mm: float) -> Marker:
    """Return the mark of the depot."""
    return Marker(
        depot_mark(plan, tour), tour.depot.lon, tour.depot.lat, "square", style.DEPOT, radius_mm
    )


def tour_points(tours: Iterable[Tour]) -> NDArray[np.float64]:
    """Return all points of routes, stops and depots in metres, EPSG:25832."""
    points = [(tour.depot.lon, tour.depot.lat) for tour in tours]
    points += [(stop.lon, stop.lat) for tour in tours for stop in tour.stops]
    points += [p for tour in tours for leg in tour.legs for p in leg.route]
    return to_metres(*np.array(points, dtype=np.float64).reshape(-1, 2).T)


def finish_map(drawn: Part, alt: str) -> Part:
    """Add the words of a map's strip, and what it shows for who cannot see it."""
    part = drawn["bar"]["part_m"]
    unit, per = ("km", 1000) if part >= 1000 else ("m", 1)
    ends = [wording.number(k * part / per) for k in range(3)]
    drawn["bar"]["labels"] = [*ends[:2], f"{ends[2]} {unit}"]
    drawn["scale_label"] = f"1 : {wording.number(drawn['scale'])}"
    return {**drawn, "north": _("N"), "alt": printable(alt)}
