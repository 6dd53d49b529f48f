"""The land under a map for paper: district, borders and roads, ready for many frames."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, MultiPolygon

from maps import style
from maps.basemap import Basemap, Streets, metres
from maps.frame import Box, Frame
from maps.lettering import printable
from maps.svg import SIMPLIFY_MM, SLACK_MM, stroke, stroked, svg_path

# Under the dashes of a border: without it, they could be taken for a path.
BORDER_BAND, BORDER_DASH = "#efecf3", "#8a879c"
# From so near a street is a band with two sides, in grey print, too: so much wider than usual.
NEAR_WIDER_MM = {10_000: 0.9, 20_000: 0.35}


@dataclass(frozen=True, eq=False)
class Ground:
    """A basemap in metres, EPSG:25832, in parts, so that a frame takes only its own.

    Attributes
    ----------
    land, borders : ndarray of object
    roads : dict of int to ndarray of object
        Per position in `geodata.network.ROAD_CLASSES`, narrow ones first.
    names : tuple of (text, lon, lat)
        Municipalities, the most populous first.
    is_estimate : bool
    credits : str
    bus_stops : tuple of (text, lon, lat)
    streets : Streets or None
        With names as they are printed.
    """

    land: NDArray[np.object_]
    borders: NDArray[np.object_]
    roads: dict[int, NDArray[np.object_]]
    names: tuple[tuple[str, float, float], ...]
    is_estimate: bool
    credits: str
    bus_stops: tuple[tuple[str, float, float], ...] = ()
    streets: Streets | None = None


def lay_ground(basemap: Basemap) -> Ground:
    """Return a basemap made ready for many frames."""
    roads = sorted(basemap.roads.items(), reverse=True)
    streets = basemap.streets
    return Ground(
        land=shapely.get_parts(metres(basemap.boundary)),
        borders=shapely.get_parts(metres(basemap.borders)),
        roads={position: shapely.get_parts(metres(lines)) for position, lines in roads},
        names=tuple((printable(label.name), label.lon, label.lat) for label in basemap.labels),
        is_estimate=basemap.is_estimate,
        credits=" · ".join(map(printable, basemap.attribution)),
        bus_stops=tuple((printable(s.name), s.lon, s.lat) for s in basemap.bus_stops),
        streets=streets and replace(streets, names=tuple(map(printable, streets.names))),
    )


def draw_ground(ground: Ground, frame: Frame) -> Iterable[str]:
    """Yield the SVG of the land in a frame, what lies below first."""
    land = svg_path(shapely.boundary(_areas(_on_paper(ground.land, frame))))
    yield f'<path d="{land}" fill="{style.LAND}" fill-rule="evenodd"/>'
    borders = _on_paper(ground.borders, frame)
    if frame.scale <= 100_000:
        yield stroke(borders, BORDER_BAND, 1.0)
    yield stroke(borders, BORDER_DASH, 0.2, (6.0, 4.0))
    if ground.is_estimate:
        for lines in ground.roads.values():
            yield stroke(_on_paper(lines, frame), style.ESTIMATED_ROAD, 0.25)
    else:
        near = next((mm for scale, mm in NEAR_WIDER_MM.items() if frame.scale <= scale), 0.0)
        widen = 1.6 if frame.scale <= 30_000 else 0.8 if frame.scale <= 150_000 else 0.5
        # In a small scale the small roads would turn the paper grey.
        last = len(style.ROADS) - (frame.scale > 90_000) - (frame.scale > 220_000)
        shown = [
            (style.ROADS[k], svg_path(_on_paper(lines, frame)))
            for k, lines in ground.roads.items()
            if k < last
        ]
        wide = [look[2] * widen + near for look, _path in shown]
        for (look, path), width in zip(shown, wide, strict=True):
            yield stroked(path, style.NEAR_CASING if near else look[1], width + 0.22)
        for (look, path), width in zip(shown, wide, strict=True):
            yield stroked(path, look[0], width)
    outline = np.array([shapely.boundary(part) for part in ground.land], dtype=np.object_)
    yield stroke(_on_paper(outline, frame), style.BORDER, 0.5)


def _areas(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.get_parts(geometry))
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon"])


def _on_paper(parts: NDArray[np.object_], frame: Frame) -> shapely.Geometry:
    """Cut geometries to the frame and bring them to millimetres."""
    slack = SLACK_MM * frame.scale / 1000
    west, south, east, north = frame.bounds_m
    window = (west - slack, south - slack, east + slack, north + slack)
    low_x, low_y, high_x, high_y = shapely.bounds(parts).reshape(-1, 4).T
    near = (low_x <= window[2]) & (high_x >= window[0])
    near &= (low_y <= window[3]) & (high_y >= window[1])
    cut = _cut(parts[near], window)
    simple = shapely.simplify(cut, SIMPLIFY_MM * frame.scale / 1000)
    return shapely.transform(GeometryCollection(list(simple)), frame.to_mm)


def _cut(parts: NDArray[np.object_], window: Box) -> NDArray[np.object_]:
    try:
        return shapely.clip_by_rect(parts, *window)
    except shapely.errors.GEOSException:
        # The fast way fails where a hole as thin as a line crosses the edge.
        return shapely.intersection(parts, shapely.box(*window))
