"""The maps of an afternoon's stops: each from near, with what the driver needs to get there."""

from __future__ import annotations

import itertools
import math
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
from maps.paper import A4, GAP_MM, Paper, Part, note_mm
from maps.papermap import STRIP_MM, Marker, Route, draw_map
from maps.tourmap import depot_marker, finish_map, stop_markers, tour_look
from tours.plan import Plan
from tours.tour import Stop

_ = translator("maps")

STOP_SCALE = 15_000
# Without real roads: so many other marks, by which one finds the way, are wanted on a map.
SCALES_ESTIMATE = (15_000, 20_000, 25_000, 30_000, 40_000, 50_000)
NUM_MARKS = 7
# A bus stop this near a place is that place.
SAME_PLACE_M = 100.0
BAND_MM = 11.0
# Width of the facts beside a map, and of a second column of them beside a low one; how many
# facts are in each, and from which height on all stand in one.
SIDE_MM, SECOND_MM, FACTS = 48.0, 30.0, {1: (5,), 2: (3, 2)}
LOW_MM = 110.0

# A name with longitude and latitude.
Spot = tuple[str, float, float]


def stop_pages(
    plan: Plan, ground: Ground, position: int, paper: Paper = A4, *, before: int | None = None
) -> list[Part]:
    """Return the maps of an afternoon's stops: two on a page of A4, three on one of A3.

    Parameters
    ----------
    plan : Plan
    ground : Ground
    position : int
        Of the tour.
    paper : Paper
    before : int or None
        How many pages of the tour stand before them. The sum becomes even, so that the next
        tour starts on a leaf of its own, where there are stops enough: some maps are larger.
        None where that does not matter.
    """
    tour = plan.tours[position]
    number = len(tour.stops)
    pages = math.ceil(number / (2 if paper is A4 else 3))
    if before is not None and (before + pages) % 2 and number > pages:
        pages += 1
    room = paper.height_mm - BAND_MM - GAP_MM - note_mm(plan, ground)
    made: list[Part] = []
    first = 0
    for left in range(pages, 0, -1):
        count = math.ceil((number - first) / left)
        height = (room - 2 * GAP_MM * (count - 1)) / count
        made.append(
            {
                "kind": "stops",
                "date": printable(wording.with_bus(wording.long_date(tour.date), tour.bus)),
                "about": _("Maps of the stops"),
                "look": tour_look(position),
                "panels": [
                    _stop_panel(plan, ground, position, i, height, paper)
                    for i in range(first, first + count)
                ],
                "height": height,
            }
        )
        first += count
    return made


def _stop_panel(
    plan: Plan, ground: Ground, position: int, number: int, height_mm: float, paper: Paper
) -> Part:
    tour = plan.tours[position]
    stop, leg = tour.stops[number], tour.legs[number]
    origin = stop_name(tour.stops[number - 1]) if number else printable(tour.depot.name)
    halt = halt_rows(tour)[number]
    assumed = ", ".join(printable(wording.assumed_label(column)) for column in stop.assumed)
    columns = 2 if height_mm < LOW_MM else 1
    head, side = 15.0, SIDE_MM + (columns - 1) * SECOND_MM
    map_size = (paper.width_mm - side, height_mm - head - STRIP_MM)
    facts: list[Part] = [
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
    ]
    each = (side - GAP_MM * columns) / columns
    shares = iter(facts)
    return {
        **halt,
        "head": head,
        "column": each,
        "facts": [[next(shares) for _n in range(count)] for count in FACTS[columns]],
        "map": finish_map(
            _stop_map(plan, ground, position, number, map_size, paper),
            _("Map around {name}").format(name=stop_name(stop)),
        ),
        "locator": _locator(ground, stop, each, paper),
    }


def _stop_map(
    plan: Plan,
    ground: Ground,
    position: int,
    number: int,
    size: tuple[float, float],
    paper: Paper,
) -> Part:
    tour = plan.tours[position]
    stop = tour.stops[number]
    others = [(u.name, u.lon, u.lat) for u in plan.unassigned]
    others += [(s.name, s.lon, s.lat) for t in plan.tours if t is not tour for s in t.stops]
    here = [(s.name, s.lon, s.lat) for s in tour.stops]
    others += apart(ground.bus_stops, [*here, *others])
    scales: tuple[int, ...] = (STOP_SCALE,)
    note = ""
    if ground.is_estimate:
        note = _("Estimated network: lines are no roads, dots are bus stops and meeting places")
        scales = SCALES_ESTIMATE
    frame = frame_around((stop.lon, stop.lat), scales, size, paper.enlarged, others)
    markers = stop_markers(tour, position, 2.6)
    markers[number] = Marker(
        str(number + 1), stop.lon, stop.lat, "pin", style.afternoon_style(position).colour, 3.6
    )
    shown = [
        m
        for m in [*markers, depot_marker(plan, tour, 2.6)]
        if frame.holds(*frame.place(m.lon, m.lat))
    ]
    look = style.afternoon_style(position)
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
        place_pt=8.0,
        street_pt=6.5,
        note=printable(note),
    )


def frame_around(
    at: tuple[float, float],
    scales: Sequence[int],
    size: tuple[float, float],
    enlarged: float,
    marks: Sequence[Spot],
) -> Frame:
    """Return the frame around a point from as near as leaves many marks on it.

    Parameters
    ----------
    at : tuple of float
        Degrees, EPSG:4326.
    scales : sequence of int
        Those that it may have on paper, rising.
    size : tuple of float
        Width and height, millimetres of the layout.
    enlarged : float
    marks : sequence of Spot
    """
    x, y = to_metres(*at)[0].tolist()
    frames = [Frame(x, y, round(scale * enlarged), *size, enlarged) for scale in scales]
    return max(frames, key=lambda f: (min(len(within(marks, f)), NUM_MARKS), -f.scale))


def within(spots: Sequence[Spot], frame: Frame) -> list[Spot]:
    """Return the spots that lie in a frame."""
    if not spots:
        return []
    x, y = frame.to_mm(to_metres(*np.array([spot[1:] for spot in spots]).T)).T
    is_in = (x >= 0) & (x <= frame.width_mm) & (y >= 0) & (y <= frame.height_mm)
    return list(itertools.compress(spots, is_in.tolist()))


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


def _locator(ground: Ground, stop: Stop, width_mm: float, paper: Paper) -> Part:
    """Return a thumbnail of the district with one point in it."""
    corners = np.reshape(shapely.total_bounds(ground.land), (2, 2))
    wide, high = (corners[1] - corners[0]).tolist()
    height = min(34.0, round(width_mm * high / wide, 1))
    frame = fit_frame(corners, width_mm, height, padding_mm=1.5, enlarged=paper.enlarged)
    marker = Marker("", stop.lon, stop.lat, "circle", style.INK, 1.3)
    bare = replace(ground, roads={})
    return finish_map(
        draw_map(bare, frame, markers=[marker], name_pt=0), _("Where in the district")
    )
