"""How far people walk from a place in 5, 10 and 15 minutes, and who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import area_of, shapes_in_degrees, to_metres
from geodata.homes import DemandCells
from geodata.walking import WalkNetwork
from geodata.walksearch import Floats, Footing, find_footing, search_on_foot

WALK_KPH = 4.8
M_PER_MINUTE = WALK_KPH * 1000 / 60
MINUTES = (5, 10, 15)
LIMITS_M = tuple(minutes * M_PER_MINUTE for minutes in MINUTES)
# Without ways: how much longer a walk is than the straight line.
DETOUR = 1.3
# A place farther from any way than this has none.
FARTHEST_M = 150.0
# So wide is a strip of land along a way, on each side, that counts as reached from it; twice so
# much between two ways that are reached belongs to the area, too, and holes up to this size. So
# drawn, an area holds about the people of the cells that are reached in time.
BESIDE_M = 35.0
BETWEEN_M = 70.0
GAP_M2 = 20_000.0
# Corners of a quarter of a circle around the end of a way.
ARC = 4

LonLat = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Reach:
    """How far people walk from a place.

    Attributes
    ----------
    areas : tuple of Polygon or MultiPolygon
        One for each of `MINUTES`, each inside the next one, degrees, EPSG:4326.
    is_estimate : bool
        Whether it is a circle, because the ways on foot around the place are not known.
    """

    areas: tuple[Polygon | MultiPolygon, ...]
    is_estimate: bool


def build_reaches(lonlat: LonLat, walk: WalkNetwork | None) -> tuple[Reach, ...]:
    """Return how far people walk from each place, to be drawn.

    An area holds what lies within `BESIDE_M` of a way and can be reached in time, and the small
    gaps between. Without ways it is the circle of `walk_minutes`.

    Parameters
    ----------
    lonlat : sequence of (lon, lat), p
        Places, degrees, EPSG:4326.
    walk : WalkNetwork or None
        None if the ways on foot are not known.
    """
    at_m, is_estimate = _metres(lonlat), is_estimated(lonlat, walk)
    found: dict[int, list[NDArray[np.object_]]] = {
        i: _circles(at_m[i]) for i in np.flatnonzero(is_estimate).tolist()
    }
    if walk is not None and not is_estimate.all():
        known = np.flatnonzero(~is_estimate)
        start = find_footing(walk, at_m[known])
        search = search_on_foot(walk, start, LIMITS_M[-1])
        for row, (i, node_m) in enumerate(zip(known.tolist(), search, strict=True)):
            found[i] = _areas(walk, at_m[i], start, row, node_m)
    return tuple(
        Reach(tuple(area_of(shapes_in_degrees(areas)) for areas in found[i]), bool(is_estimate[i]))
        for i in range(len(at_m))
    )


def walk_minutes(
    lonlat: LonLat, cells: DemandCells, walk: WalkNetwork | None
) -> NDArray[np.float64]:
    """Return how long people of each cell walk to each place.

    This is what counts for figures: ``cells.people[(minutes <= 15).any(axis=0)].sum()`` are the
    people within 15 minutes of any of the places, nobody counted twice.

    Parameters
    ----------
    lonlat : sequence of (lon, lat), p
        Places, degrees, EPSG:4326.
    cells : DemandCells, n
    walk : WalkNetwork or None
        None if the ways on foot are not known: then it is the straight line times `DETOUR`.

    Returns
    -------
    ndarray of float64, shape (p, n)
        Minutes, up to the last of `MINUTES`; infinity beyond it.
    """
    at_m, is_estimate = _metres(lonlat), is_estimated(lonlat, walk)
    metres = np.full((len(at_m), len(cells.at_m)), np.inf)
    for i in np.flatnonzero(is_estimate).tolist():
        metres[i] = np.hypot(*(cells.at_m - at_m[i]).T) * DETOUR
    if walk is not None and not is_estimate.all() and len(cells.at_m):
        known = np.flatnonzero(~is_estimate)
        start, goal = find_footing(walk, at_m[known]), find_footing(walk, cells.at_m)
        rest = walk.edge_mm[goal.edge] / 1000 - goal.along_m
        search = search_on_foot(walk, start, LIMITS_M[-1])
        for row, (i, node_m) in enumerate(zip(known.tolist(), search, strict=True)):
            by_start = node_m[walk.edge_from[goal.edge]] + goal.along_m
            by_end = node_m[walk.edge_to[goal.edge]] + rest
            direct = np.abs(goal.along_m - start.along_m[row]) + start.off_m[row]
            direct[goal.edge != start.edge[row]] = np.inf
            metres[i] = np.minimum(np.minimum(by_start, by_end), direct) + goal.off_m
    return np.where(metres <= LIMITS_M[-1], metres / M_PER_MINUTE, np.inf)


def is_estimated(lonlat: LonLat, walk: WalkNetwork | None) -> NDArray[np.bool_]:
    """Tell of which places the ways on foot are not known, shape (p,).

    The ways may be loaded for the surroundings of other places only, or end far from this one.
    """
    at_m = _metres(lonlat)
    if walk is None:
        return np.ones(len(at_m), dtype=bool)
    points = shapely.points(at_m)
    edge = shapely.boundary(walk.covered_m)
    is_inside = shapely.intersects(walk.covered_m, points)
    is_far = find_footing(walk, at_m).off_m > FARTHEST_M
    return ~is_inside | (shapely.distance(edge, points) < LIMITS_M[-1]) | is_far


def _metres(lonlat: LonLat) -> NDArray[np.float64]:
    lon, lat = np.array(lonlat, dtype=np.float64).reshape(-1, 2).T
    return to_metres(lon, lat)


def _circles(at_m: Floats) -> list[NDArray[np.object_]]:
    return [
        np.array([shapely.Point(at_m).buffer(limit / DETOUR)], dtype=np.object_)
        for limit in LIMITS_M
    ]


def _areas(
    walk: WalkNetwork, at_m: Floats, start: Footing, row: int, node_m: Floats
) -> list[NDArray[np.object_]]:
    """Return the parts of the area of each limit around one place."""
    length = walk.edge_mm / 1000
    own, along, off = int(start.edge[row]), float(start.along_m[row]), float(start.off_m[row])
    foot = piece_m(walk, own, along, along)[0]
    areas: list[NDArray[np.object_]] = []
    wide: list[NDArray[np.object_]] = []
    is_in = np.zeros(walk.num_edges, dtype=bool)
    for limit in LIMITS_M:
        # The last metres of a walk lead from the way to a door.
        left = np.maximum(limit - BESIDE_M - node_m, 0.0)
        ahead, back = left[walk.edge_from], left[walk.edge_to]
        is_whole = ahead + back >= length
        around = limit - BESIDE_M - off
        pieces = [np.array([at_m, foot]), piece_m(walk, own, along - around, along + around)]
        pieces += [
            piece_m(walk, edge, 0.0, ahead[edge])
            for edge in np.flatnonzero((ahead > 0) & ~is_whole).tolist()
        ]
        pieces += [
            piece_m(walk, edge, length[edge] - back[edge], length[edge])
            for edge in np.flatnonzero((back > 0) & ~is_whole).tolist()
        ]
        lines = [*walk.edge_line_m[is_whole & ~is_in], *map(shapely.LineString, pieces)]
        is_in |= is_whole
        # Many small strips are united far sooner than one tangle of lines is widened.
        wide.append(shapely.buffer(np.array(lines, dtype=np.object_), BETWEEN_M, quad_segs=ARC))
        joined = shapely.union_all(np.concatenate(wide))
        wide = [shapely.get_parts(joined)]
        area = shapely.buffer(joined, BESIDE_M - BETWEEN_M, quad_segs=ARC)
        # What is near stays near, however arcs are rounded.
        areas.append(_without_gaps(shapely.union_all([area, *(areas[-1] if areas else ())])))
    return areas


def _without_gaps(area: shapely.Geometry) -> NDArray[np.object_]:
    """Return the parts of an area with its small holes closed: gardens and yards amid blocks."""
    parts = shapely.get_parts(area)
    closed = []
    for part in parts:
        rings = [ring for ring in part.interiors if shapely.Polygon(ring).area >= GAP_M2]
        closed.append(shapely.Polygon(part.exterior, rings))
    return np.array(closed, dtype=np.object_)


def piece_m(walk: WalkNetwork, edge: int, low: float, high: float) -> Floats:
    """Return a part of a way between two distances from its start: corners, metres.

    Distances beyond its ends count as those; the part has two corners or more.
    """
    corners = walk.line_m[walk.line_start[edge] : walk.line_start[edge + 1]]
    at = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    low, high = max(low, 0.0), min(high, float(at[-1]))
    inner = corners[(at > low) & (at < high)]
    cut = np.column_stack([np.interp([low, high], at, axis) for axis in corners.T])
    return np.concatenate([cut[:1], inner, cut[1:]])
