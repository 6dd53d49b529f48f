"""A map for paper: lines as SVG in millimetres, words as positions for the typesetter."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString

from geodata.crs import Coordinates, to_metres
from maps import style
from maps.frame import Box, Frame, scale_bar
from maps.ground import Ground, draw_ground
from maps.lanes import GRID, Run, parts_side_by_side
from maps.lettering import POINT_MM, printable, text_width_mm
from maps.placement import Name, overlap, place_names, spread
from maps.signposts import ring_svg, rings, signs
from maps.streetlabels import StreetLabel, label_streets
from maps.svg import SIMPLIFY_MM, SLACK_MM, dot, stroke, svg_document

# Below the map, inside its frame: there scale bar, north and credits can cover no stop.
STRIP_MM = 8.0
# White on both sides of a route.
CASING_MM = 0.45
# A note on a map: its letters, and how far it keeps from the edge.
NOTE_PT, NOTE_EDGE_MM = 7.5, 1.5


@dataclass(frozen=True, slots=True)
class Route:
    """The line of an afternoon, or a part of it.

    Attributes
    ----------
    legs : tuple of lines
        Degrees, EPSG:4326.
    look : LineStyle
    width_mm : float
    """

    legs: tuple[Coordinates, ...]
    look: style.LineStyle
    width_mm: float


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbered stop, or the depot.

    Attributes
    ----------
    text : str
        One to three characters.
    lon, lat : float
        Degrees, EPSG:4326.
    shape : str
        A shape of papermap.typ; the tip of a ``pin`` stays exactly on the point.
    colour : str
    radius_mm : float
    """

    text: str
    lon: float
    lat: float
    shape: str
    colour: str
    radius_mm: float


def draw_map(
    ground: Ground,
    frame: Frame,
    *,
    routes: Sequence[Route] = (),
    markers: Sequence[Marker] = (),
    places: Sequence[tuple[str, float, float]] = (),
    name_pt: float = 8.0,
    place_pt: float = 6.5,
    street_pt: float = 0.0,
    note: str = "",
    is_lonely: bool = False,
) -> dict[str, Any]:
    """Return a map as the template papermap.typ wants it.

    Parameters
    ----------
    ground : Ground
    frame : Frame
        Of the map without the strip below it.
    routes : sequence of Route
    markers : sequence of Marker
    places : sequence of (name, lon, lat)
        Other places to find one's way by.
    name_pt : float
        Size of the municipalities' names; 0 for none.
    place_pt : float
        Size of the names of places.
    street_pt : float
        Size of the names of streets; 0 for none.
    note : str
        What has to be said of the map; it stands in the corner where it covers least.
    is_lonely : bool
        Whether there are no roads to tell where its middle is: rings say how far it is to what
        lies around, and signposts at the edge where the next towns are.
    """
    lines = _lines(routes, frame)
    spots = _marker_spots(markers, frame)
    svg = list(draw_ground(ground, frame))
    around = rings(frame) if is_lonely else []
    svg += [ring_svg(frame, mm) for _m, mm in around]
    svg += [
        stroke(li, "#ffffff", r.width_mm + 2 * CASING_MM)
        for r, li in zip(routes, lines, strict=True)
    ]
    for route, line in zip(routes, lines, strict=True):
        svg.append(stroke(line, route.look.colour, route.width_mm, route.look.dash))
    taken = [_marker_box(marker, *spot) for marker, spot in zip(markers, spots, strict=True)]
    for marker, (x, y) in zip(markers, spots, strict=True):
        tip = frame.place(marker.lon, marker.lat)
        if marker.shape != "pin" and math.dist((x, y), tip) > marker.radius_mm / 2:
            svg.append(stroke(LineString([(x, y), tip]), style.INK, 0.3))
            svg.append(dot(*tip, marker.colour, "#ffffff"))
            taken.append(_dot_box(*tip))
    # One name for places that share it: both sides of a street have a stop.
    seen = {printable(text): frame.place(lon, lat) for text, lon, lat in places}
    dots = [(text, x, y) for text, (x, y) in seen.items() if frame.holds(x, y, 1.5)]
    said = _note_box(note, taken, frame, shapely.union_all(lines)) if note else None
    if said:
        taken.append(said)
        dots = [(text, x, y) for text, x, y in dots if not overlap(said, _dot_box(x, y))]
    taken += [_dot_box(x, y) for _text, x, y in dots]
    posts = signs(frame, ground.names) if is_lonely else []
    posts = [post for post in posts if not any(overlap(_dot_box(*post[1:3]), t) for t in taken)]
    svg += [arrow for *_post, arrow in posts]
    taken += [_dot_box(x, y) for _text, x, y, _arrow in posts]
    svg += [dot(x, y, "#ffffff", style.LEFT_OUT) for _text, x, y in dots]
    towns = [(text, *frame.place(lon, lat)) for text, lon, lat in ground.names if name_pt]
    names = [Name(text, x, y, name_pt, True) for text, x, y in towns if frame.holds(x, y)]
    names += [
        Name(f"{m} m", frame.width_mm / 2, frame.height_mm / 2 + mm, 7.0, True) for m, mm in around
    ]
    names += [Name(_short(text), x, y, place_pt, False) for text, x, y in dots]
    names += [Name(text, x, y, name_pt, False) for text, x, y, _arrow in posts]
    placed = place_names(names, taken, frame, shapely.union_all(lines))
    streets: list[StreetLabel] = []
    if street_pt and ground.streets:
        wide = [
            shapely.buffer(line, r.width_mm / 2 + CASING_MM)
            for r, line in zip(routes, lines, strict=True)
        ]
        taken += [name.box for name in placed]
        streets = label_streets(ground.streets, frame, taken, shapely.union_all(wide), street_pt)
    part_m, part_mm = scale_bar(frame.scale)
    return {
        "width": frame.width_mm,
        "height": frame.height_mm,
        "strip": STRIP_MM,
        "svg": svg_document(svg, frame),
        "markers": [
            {**asdict(marker), "x": round(x, 3), "y": round(y, 3)}
            for marker, (x, y) in zip(markers, spots, strict=True)
        ],
        "names": [
            {**asdict(name), "x": round(name.x, 3), "y": round(name.y, 3)} for name in placed
        ],
        "streets": [
            {
                **asdict(label),
                "x": round(label.x, 3),
                "y": round(label.y, 3),
                "turn": round(label.turn, 2),
            }
            for label in streets
        ],
        "scale": frame.printed_scale,
        "bar": {"part_m": part_m, "part_mm": part_mm},
        "credits": ground.credits,
        "note": said and _note_part(note, said),
    }


def _note_box(note: str, taken: Sequence[Box], frame: Frame, lines: shapely.Geometry) -> Box:
    """Return the corner where a note covers no mark, and of the routes as little as can be."""
    wide = min(text_width_mm(note, NOTE_PT, bold=True) + 4.0, frame.width_mm - 2 * NOTE_EDGE_MM)
    high = NOTE_PT * POINT_MM + 2.4
    corners = [
        (x, y, x + wide, y + high)
        for y in (NOTE_EDGE_MM, frame.height_mm - NOTE_EDGE_MM - high)
        for x in (NOTE_EDGE_MM, frame.width_mm - NOTE_EDGE_MM - wide)
    ]

    def covers(box: Box) -> tuple[int, float]:
        return sum(overlap(box, other) for other in taken), shapely.clip_by_rect(lines, *box).length

    return min(corners, key=covers)


def _note_part(note: str, box: Box) -> dict[str, Any]:
    left, top, right, bottom = box
    return {
        "text": note,
        "size_pt": NOTE_PT,
        "x": round(left, 3),
        "y": round(top, 3),
        "width": round(right - left, 3),
        "height": round(bottom - top, 3),
    }


def _short(text: str) -> str:
    return text if len(text) <= 32 else text[:31] + "…"


def _marker_spots(markers: Sequence[Marker], frame: Frame) -> list[tuple[float, float]]:
    """Return the centres of the markers: of pins above their point, of others pushed apart."""
    points = [frame.place(marker.lon, marker.lat) for marker in markers]
    free = [i for i, marker in enumerate(markers) if marker.shape != "pin"]
    room = [markers[i].radius_mm * 1.15 + 0.1 for i in free]
    at = [
        (x, y - 2 * m.radius_mm) if m.shape == "pin" else (x, y)
        for m, (x, y) in zip(markers, points, strict=True)
    ]
    for i, spot in zip(free, spread([points[i] for i in free], room, frame), strict=True):
        at[i] = spot
    return at


def _marker_box(marker: Marker, x: float, y: float) -> Box:
    r = marker.radius_mm * 1.15 + 0.3
    return x - r, y - r, x + r, y + (2 * r if marker.shape == "pin" else r)


def _lines(routes: Sequence[Route], frame: Frame) -> list[MultiLineString]:
    """Return the routes on paper, side by side where they share a road."""
    chains = [tuple(point for leg in route.legs for point in leg) for route in routes]
    lanes = parts_side_by_side([_parts_near(chain, frame) for chain in chains])
    lines = []
    for route, runs in zip(routes, lanes, strict=True):
        half_m = route.width_mm * frame.scale / 2000
        shifted = [_shifted(run, half_m) for run in runs]
        on_paper = [shapely.transform(line, frame.to_mm) for line in shifted]
        right, bottom = frame.width_mm + SLACK_MM, frame.height_mm + SLACK_MM
        cut = [shapely.clip_by_rect(li, -SLACK_MM, -SLACK_MM, right, bottom) for li in on_paper]
        parts = shapely.get_parts(shapely.simplify(cut, SIMPLIFY_MM))
        lines.append(MultiLineString([p for p in parts if p.geom_type == "LineString"]))
    return lines


def _parts_near(chain: Coordinates, frame: Frame) -> list[Coordinates]:
    """Return the parts of a line that a frame can show: a stop's map shows little of a tour."""
    if len(chain) < 2:
        return []
    at = frame.to_mm(to_metres([lon for lon, _lat in chain], [lat for _lon, lat in chain]))
    low, high = np.minimum(at[:-1], at[1:]), np.maximum(at[:-1], at[1:])
    slack = 2 * SLACK_MM
    room = np.array([frame.width_mm, frame.height_mm]) + slack
    is_near = ((low <= room) & (high >= -slack)).all(axis=1)
    edges = np.flatnonzero(np.diff(is_near, prepend=False, append=False)).tolist()
    return [chain[start : end + 1] for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _shifted(run: Run, half_m: float) -> LineString:
    """Return a stretch of a route in metres, each piece moved into its lane."""
    corners = np.array(run.corners, dtype=np.float64) / GRID
    points = to_metres(corners[:, 0], corners[:, 1])
    moved: list[NDArray[np.float64]] = []
    at = 0
    for lane, same in itertools.groupby(run.lanes):
        count = len(list(same))
        line = LineString(points[at : at + count + 1])
        # Lanes count to the right, offset curves to the left. A curve too tight to be moved
        # stays where it is.
        beside = shapely.offset_curve(line, -lane * half_m, join_style="mitre")
        is_one = len(parts := shapely.get_parts(beside)) == 1
        moved.append(shapely.get_coordinates(parts[0] if lane and is_one else line))
        at += count
    return LineString(np.concatenate(moved))


def _dot_box(x: float, y: float) -> Box:
    return x - 0.8, y - 0.8, x + 0.8, y + 0.8
