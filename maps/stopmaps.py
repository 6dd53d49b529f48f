"""The maps of an afternoon's stops: each from near, with what the driver needs to get there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from geodata.crs import to_metres
from geodata.language import translator
from maps import style, wording
from maps.frame import Frame, fit_frame
from maps.ground import Ground
from maps.halts import halt_rows, stop_name
from maps.lettering import printable
from maps.paper import GAP_MM, HEIGHT_MM, WIDTH_MM, Part, note_mm
from maps.papermap import STRIP_MM, Marker, Route, draw_map
from maps.tourmap import depot_marker, finish_map, stop_markers, tour_look
from tours.plan import Plan, Stop

_ = translator("maps")

STOP_SCALE, STOP_SCALE_ESTIMATE = 15_000, 25_000
# A bus stop this near a place is that place.
SAME_PLACE_M = 100.0

# A name with longitude and latitude.
Spot = tuple[str, float, float]


def stop_pages(plan: Plan, ground: Ground, position: int) -> list[Part]:
    """Return the maps of an afternoon's stops, two on a page."""
    tour = plan.tours[position]
    room = HEIGHT_MM - 11 - GAP_MM - note_mm(plan, ground)
    height = (room - 2 * GAP_MM) / 2
    panels = [_stop_panel(plan, ground, position, i, height) for i in range(len(tour.stops))]
    return [
        {
            "kind": "stops",
            "date": wording.with_bus(wording.long_date(tour.date), tour.bus),
            "about": _("Maps of the stops"),
            "look": tour_look(position),
            "panels": panels[i : i + 2],
            "height": height,
        }
        for i in range(0, len(panels), 2)
    ]


def _stop_panel(plan: Plan, ground: Ground, position: int, number: int, height_mm: float) -> Part:
    tour = plan.tours[position]
    stop, leg = tour.stops[number], tour.legs[number]
    origin = stop_name(tour.stops[number - 1]) if number else printable(tour.depot.name)
    halt = halt_rows(tour)[number]
    assumed = ", ".join(printable(wording.assumed_label(column)) for column in stop.assumed)
    head, side = 15.0, 48.0
    map_height = height_mm - head - STRIP_MM
    drawn = _stop_map(plan, ground, position, number, (WIDTH_MM - side, map_height))
    return {
        **halt,
        "head": head,
        "side": side,
        "facts": [
            {"label": _("Arrival"), "value": halt["arrival"]},
            {
                "label": _("Drive"),
                "value": f"{halt['drive']} min · {wording.kilometres(leg.length_m)}",
                "more": _("from {name}").format(name=origin),
            },
            # With points and in this order: so the navigation in the bus takes them.
            {
                "label": _("Latitude, longitude"),
                "value": f"{stop.lat:.5f}, {stop.lon:.5f}",
                "link": f"geo:{stop.lat:.5f},{stop.lon:.5f}",
            },
            {"label": _("Kind"), "value": wording.kind_label(stop.kind)},
            {"label": _("Assumed, not checked"), "value": assumed or _("nothing"), "lines": 2},
        ],
        "map": finish_map(drawn, _("Map around {name}").format(name=stop_name(stop))),
        "locator": _locator(ground, stop, side - GAP_MM),
    }


def _stop_map(
    plan: Plan, ground: Ground, position: int, number: int, size: tuple[float, float]
) -> Part:
    tour = plan.tours[position]
    stop = tour.stops[number]
    x, y = to_metres(stop.lon, stop.lat)[0].tolist()
    scale = STOP_SCALE_ESTIMATE if ground.is_estimate else STOP_SCALE
    markers = stop_markers(tour, position, 2.6)
    markers[number] = Marker(
        str(number + 1), stop.lon, stop.lat, "pin", style.afternoon_style(position).colour, 3.6
    )
    frame = Frame(x, y, scale, *size)
    shown = [
        m
        for m in [*markers, depot_marker(plan, tour, 2.6)]
        if frame.holds(*frame.place(m.lon, m.lat))
    ]
    look = style.afternoon_style(position)
    others = [(u.name, u.lon, u.lat) for u in plan.unassigned]
    others += [(s.name, s.lon, s.lat) for t in plan.tours if t is not tour for s in t.stops]
    note = ""
    if ground.is_estimate:
        here = [(s.name, s.lon, s.lat) for s in tour.stops]
        others += apart(ground.bus_stops, [*here, *others])
        note = _("Estimated network: lines are no roads, dots are bus stops and meeting places")
    return draw_map(
        ground,
        frame,
        routes=[
            Route(tuple(leg.route for leg in tour.legs[:number]), look, 0.7),
            Route((tour.legs[number].route,), look, 1.5),
            Route(tuple(leg.route for leg in tour.legs[number + 1 :]), look, 0.7),
        ],
        markers=shown,
        places=others,
        name_pt=9.0,
        note=printable(note),
    )


def apart(bus_stops: Sequence[Spot], places: Sequence[Spot]) -> list[Spot]:
    """Return the bus stops that are not the same as one of some places."""
    if not bus_stops:
        return []
    spots, known = (
        to_metres(*np.array([(lon, lat) for _name, lon, lat in some]).T)
        for some in (bus_stops, places)
    )
    far = np.hypot(*(spots[:, None] - known[None]).transpose(2, 0, 1)).min(axis=1) > SAME_PLACE_M
    return [stop for stop, is_apart in zip(bus_stops, far.tolist(), strict=True) if is_apart]


def _locator(ground: Ground, stop: Stop, width_mm: float) -> Part:
    """Return a thumbnail of the district with one point in it."""
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    wide, high = (corners[1] - corners[0]).tolist()
    height = min(34.0, round(width_mm * high / wide, 1))
    frame = fit_frame(corners, width_mm, height, padding_mm=1.5)
    marker = Marker("", stop.lon, stop.lat, "circle", style.INK, 1.3)
    bare = replace(ground, roads={})
    return finish_map(
        draw_map(bare, frame, markers=[marker], name_pt=0), _("Where in the district")
    )
