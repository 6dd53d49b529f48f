"""The roads of a map on the screen: all of them, or as many as a small file can hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geodata.network import ROAD_CLASSES
from maps import style
from maps.basemap import Basemap
from maps.lanes import GRID, Corner
from maps.leaflet import Json
from maps.packed import gridded_lines, packed_network
from tours.plan import Plan

# Letters that all roads may take: with Leaflet and the week the page stays below 1 MB.
MOST_LETTERS = 600_000
# Classes from here on are left out where there are too many.
FIRST_SMALL = ROAD_CLASSES.index("unclassified")

Lines = list[list[Corner]]
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class WebRoads:
    """Roads as a page draws them.

    Attributes
    ----------
    layers : list
        From the narrowest class to the widest: lines as one text, colours, width in pixels.
    is_whole : bool
        Whether no road was left out.
    """

    layers: list[dict[str, Json]]
    is_whole: bool


def web_roads(
    basemap: Basemap, near: Sequence[Spot], px_per_mm: float, *, most: int | None = None
) -> WebRoads:
    """Return the roads of a basemap; of small ones those near some points where room is short.

    Parameters
    ----------
    basemap : Basemap
    near : sequence of (lon, lat)
        Degrees, EPSG:4326.
    px_per_mm : float
    most : int or None
        Letters that all roads may take; None for `MOST_LETTERS`.
    """
    most = MOST_LETTERS if most is None else most
    lines = {k: gridded_lines(geometry) for k, geometry in basemap.roads.items()}
    texts = {k: packed_network(found) for k, found in lines.items()}
    is_whole = True
    for position in range(len(ROAD_CLASSES) - 1, FIRST_SMALL - 1, -1):
        others = sum(len(text) for k, text in texts.items() if k != position)
        if position in texts and others + len(texts[position]) > most:
            texts[position] = _shortened(lines[position], near, texts[position], most - others)
            is_whole = False
    layers = [_layer(basemap, k, text, px_per_mm) for k, text in sorted(texts.items()) if text]
    return WebRoads(layers[::-1], is_whole)


def _shortened(lines: Lines, near: Sequence[Spot], text: str, most: int) -> str:
    """Return the lines nearest to some points, packed into a text that is short enough."""
    order = _nearest_first(lines, near)
    count = len(order)
    while len(text) > max(most, 0):
        # What is near lies close together and takes less room than its share.
        count = min(count - 1, round(count * most / len(text))) if most > 0 else 0
        text = packed_network([lines[number] for number in sorted(order[:count])])
    return text


def _nearest_first(lines: Lines, near: Sequence[Spot]) -> list[int]:
    # Not at the top: most maps have room for all roads, and it takes long to load.
    from scipy.spatial import cKDTree

    middles = np.array([line[len(line) // 2] for line in lines], dtype=np.float64) / GRID
    if not near:
        return list(range(len(lines)))
    scale = (float(np.cos(np.radians(middles[0, 1]))), 1.0)
    distance, _index = cKDTree(np.array(near) * scale).query(middles * scale)
    order: list[int] = np.argsort(distance, kind="stable").tolist()
    return order


def _layer(basemap: Basemap, position: int, text: str, px_per_mm: float) -> dict[str, Json]:
    fill, casing, width_mm = style.ROADS[position]
    if basemap.is_estimate:
        fill, casing, width_mm = style.ESTIMATED_ROAD, "", 0.4
    return {
        "lines": text,
        "fill": fill,
        "casing": casing,
        "width": round(width_mm * px_per_mm, 2),
        "minor": position >= FIRST_SMALL,
    }


def spots_of(plans: Iterable[Plan]) -> list[Spot]:
    """Return where plans stop, could have stopped, and start."""
    found: list[Spot] = []
    for plan in plans:
        found += [(tour.depot.lon, tour.depot.lat) for tour in plan.tours]
        found += [(stop.lon, stop.lat) for tour in plan.tours for stop in tour.stops]
        found += [(place.lon, place.lat) for place in plan.unassigned]
    return list(dict.fromkeys(found))
