"""The names of streets on a map from near: along the road, each once, and over nothing else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import GeometryCollection, MultiLineString, Polygon

from maps.basemap import Streets
from maps.frame import Box, Frame
from maps.lettering import POINT_MM, text_width_mm

# Farther away a name would be longer than its street.
FARTHEST = 20_000
# How far names keep from each other, from all marks and from the edge of the map.
ROOM_MM, EDGE_MM = 0.6, 1.2
# A name may stand at every so many millimetres of a road.
STEP_MM = 1.5
# How far a road may bend away from the straight name on it, and how long it is from end to end.
BEND_MM, STRAIGHT = 0.7, 0.9
# So many millimetres nearer the middle of a road make up for one of a bend.
BEND_COST = 50
# How far above the middle of a road the lower edge of its name may be, or below it the upper one:
# where a route is on the road its name stands beside.
BESIDE_MM = (0.0, 1.4, -1.4, 2.2, -2.2)
# Of other roads a name beside its own may cover a crossing: so many times its height.
MOST_COVERED = 1.5
# The street of a stop lies so near the middle of its map.
MIDDLE_MM = 4.0


@dataclass(frozen=True, slots=True)
class StreetLabel:
    """The name of a street where it stands.

    Attributes
    ----------
    text : str
    x, y : float
        Its centre, millimetres.
    turn : float
        Degrees clockwise, from -90 to 90.
    size_pt : float
    """

    text: str
    x: float
    y: float
    turn: float
    size_pt: float

    @property
    def outline(self) -> Polygon:
        """The room it takes, millimetres."""
        angle = np.radians([self.turn])
        size = _size_mm(self.text, self.size_pt)
        return Polygon(_corners(np.array([[self.x, self.y]]), angle, size)[0])


def label_streets(
    streets: Streets,
    frame: Frame,
    taken: Iterable[Box],
    routes: shapely.Geometry,
    size_pt: float,
) -> list[StreetLabel]:
    """Return the names of streets that find room: that in the middle, then wide and long ones.

    Parameters
    ----------
    streets : Streets
        With names as they are printed.
    frame : Frame
    taken : iterable of Box
        What no name may cover.
    routes : Geometry
        The routes as wide as they are drawn, millimetres; no name covers them either.
    size_pt : float
    """
    if frame.printed_scale > FARTHEST:
        return []
    boxes = np.array(list(taken), dtype=np.float64).reshape(-1, 4)
    found = list(_in_frame(streets, frame))
    roads = MultiLineString([part for _text, parts in found for part in parts])
    free = _Room(frame, np.asarray(shapely.box(*boxes.T)).tolist(), routes, roads)
    labels = []
    for text, parts in found:
        size = _size_mm(text, size_pt)
        for part in parts:
            if part.length < size[0]:
                break
            if (spot := free.best(part, size)) is not None:
                labels.append(StreetLabel(text, *spot, size_pt))
                free.take(labels[-1].outline)
                break
    return labels


def _in_frame(streets: Streets, frame: Frame) -> Iterator[tuple[str, list[shapely.LineString]]]:
    """Yield names with the lines of their streets on paper, the longest first.

    The street in the middle comes first, then wide ones, then long ones.
    """
    west, south, east, north = frame.bounds_m
    low_x, low_y, high_x, high_y = shapely.bounds(streets.lines).reshape(-1, 4).T
    is_near = (low_x <= east) & (high_x >= west) & (low_y <= north) & (high_y >= south)
    near = np.flatnonzero(is_near)
    right, bottom = frame.width_mm - EDGE_MM, frame.height_mm - EDGE_MM
    lines = shapely.transform(streets.lines[near], frame.to_mm)
    lines = shapely.clip_by_rect(lines, EDGE_MM, EDGE_MM, right, bottom)
    near, lines = near[shown := ~shapely.is_empty(lines)], lines[shown]
    # Two names may look alike in print.
    of_text: dict[str, list[int]] = {}
    for i, name in enumerate(streets.name[near].tolist()):
        of_text.setdefault(streets.names[name], []).append(i)
    middle = shapely.Point(frame.width_mm / 2, frame.height_mm / 2)
    away = np.round(shapely.distance(lines, middle), 6)
    nearest = away.min(initial=MIDDLE_MM)
    found = []
    for text, members in of_text.items():
        merged = shapely.line_merge(GeometryCollection(list(lines[members])))
        parts = [p for p in shapely.get_parts(merged).tolist() if p.geom_type == "LineString"]
        parts.sort(key=lambda part: -round(part.length, 6))
        widest = int(streets.road_class[near[members]].min())
        if text and parts:
            is_other = bool(away[members].min() > nearest)
            found.append((is_other, widest, -round(merged.length, 6), text, parts))
    for *_order, text, parts in sorted(found, key=lambda street: street[:4]):
        yield text, parts


class _Room:
    """What is free on a map."""

    def __init__(
        self,
        frame: Frame,
        taken: list[shapely.Geometry],
        routes: shapely.Geometry,
        roads: shapely.Geometry,
    ) -> None:
        self._size = np.array([frame.width_mm, frame.height_mm])
        self._taken = [*taken, *shapely.get_parts(routes).tolist()]
        self._tree = shapely.STRtree(self._taken)
        self._routes, self._roads = routes, roads
        shapely.prepare(routes)

    def take(self, outline: Polygon) -> None:
        """Take room for a name."""
        self._taken.append(outline)
        self._tree = shapely.STRtree(self._taken)

    def best(
        self, road: shapely.LineString, size: tuple[float, float]
    ) -> tuple[float, float, float] | None:
        """Return centre and turn of a name on a road or beside it; None where it has no room."""
        centre, angle, bend, away = _straights(road, size[0])
        order = np.argsort(np.round(BEND_COST * bend + away, 6), kind="stable")
        order = order[bend[order] <= BEND_MM]
        centre, angle = centre[order], angle[order]
        above = np.column_stack([np.sin(angle), -np.cos(angle)])
        room = (size[0] + 2 * ROOM_MM, size[1] + 2 * ROOM_MM)
        for beside in BESIDE_MM if shapely.intersects(self._routes, road) else (0.0,):
            spots = centre + (beside + np.sign(beside) * size[1] / 2) * above
            corners = _corners(spots, angle, room)
            inside = (corners >= EDGE_MM) & (corners <= self._size - EDGE_MM)
            is_free = np.asarray(inside.all(axis=(1, 2)))
            rooms = np.asarray(shapely.polygons(corners))
            is_free[self._tree.query(rooms, "intersects")[0]] = False
            if beside and is_free.any():
                # Away from its road, a name must leave no doubt whose it is.
                is_free &= shapely.intersects(self._routes, shapely.points(centre))
                covered = shapely.length(shapely.intersection(rooms[is_free], self._roads))
                is_free[is_free] = covered < MOST_COVERED * room[1]
            if is_free.any():
                first = int(is_free.argmax())
                x, y = spots[first].tolist()
                return x, y, math.degrees(angle[first])
        return None


def _straights(road: shapely.LineString, width_mm: float) -> tuple[NDArray[np.float64], ...]:
    """Return where a road is straight for the width of a name.

    Returns
    -------
    centre : ndarray of float64, shape (k, 2)
    angle : ndarray of float64, shape (k,)
        Of the words, which are never upside down, radians clockwise.
    bend : ndarray of float64, shape (k,)
        How far the road bends away from the words, millimetres.
    away : ndarray of float64, shape (k,)
        From the middle of the road along it, millimetres.
    """
    steps = math.ceil(width_mm / STEP_MM)
    # Steps a little longer rather than shorter: no name is longer than its piece of road.
    number = max(math.floor(road.length / STEP_MM), steps)
    along = np.linspace(0.0, road.length, number + 1)
    points = shapely.get_coordinates(shapely.line_interpolate_point(road, along))
    windows = np.lib.stride_tricks.sliding_window_view(points, steps + 1, axis=0)
    start, chord = windows[:, :, 0], windows[:, :, -1] - windows[:, :, 0]
    is_upright = chord[:, 0] == 0
    slope = chord[:, 1] / np.where(is_upright, 1.0, chord[:, 0])
    angle = np.where(is_upright, -math.pi / 2, np.arctan(slope))
    across = np.column_stack([-np.sin(angle), np.cos(angle)])
    off = np.einsum("kds,kd->ks", windows - start[:, :, None], across)
    low, high = off.min(axis=1), off.max(axis=1)
    centre = start + chord / 2 + ((low + high) / 2)[:, None] * across
    middle = (along[: len(centre)] + along[steps:]) / 2
    bend = np.where(np.hypot(*chord.T) < STRAIGHT * width_mm, math.inf, (high - low) / 2)
    return centre, angle, bend, np.abs(middle - road.length / 2)


def _size_mm(text: str, size_pt: float) -> tuple[float, float]:
    """Return width and height of a name."""
    return text_width_mm(text, size_pt) + 0.8, 1.1 * size_pt * POINT_MM


def _corners(
    centre: NDArray[np.float64], angle: NDArray[np.float64], size: tuple[float, float]
) -> NDArray[np.float64]:
    """Return the corners of names of one size at k spots, shape (k, 4, 2)."""
    cos, sin = np.cos(angle)[:, None], np.sin(angle)[:, None]
    x = np.array([-1, 1, 1, -1]) * size[0] / 2
    y = np.array([-1, -1, 1, 1]) * size[1] / 2
    turned = np.stack([cos * x - sin * y, sin * x + cos * y], axis=-1)
    return np.asarray(centre[:, None] + turned, dtype=np.float64)
