"""Ways on foot and residential areas out of a file of OpenStreetMap data, read with its roads."""

from __future__ import annotations

import math
from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.footways import FOOT_TAGS, FOOT_WAYS, foot_is_open
from geodata.homes import Homes, homes_inside
from geodata.waylines import UNITS, join_ways

if TYPE_CHECKING:
    from osmium.osm import Location
    from osmium.osm.types import Relation, Way

Area = Polygon | MultiPolygon
# Whether a way comes near is looked up in squares of this size, in units of a position.
SQUARE = UNITS // 200
# Of a way that begins farther away than this, nothing is looked at.
FAR = UNITS // 20
HOME = "residential"


class FootFinds:
    """What is kept of a file for the ways on foot, while its roads are read.

    Parameters
    ----------
    around : Polygon or MultiPolygon
        Where ways are taken, degrees, EPSG:4326.
    district : Polygon or MultiPolygon
        Where residential areas are taken.
    """

    def __init__(self, around: Area, district: Area) -> None:
        self.around = around
        self._district = district
        self._near = _squares(around)
        self._box = _far_box(around, district)
        self._way, self._x, self._y = array("q"), array("q"), array("q")
        self._rings: list[NDArray[np.float64]] = []
        # Of each area of several rings its ways, the outer ones and the inner ones.
        self._several: list[tuple[list[int], list[int]]] = []
        self._ring_lines: dict[int, shapely.LineString] = {}

    def keep_way(self, way: Way) -> None:
        """Keep a way or a residential area, if it is one and lies near."""
        tags = way.tags
        highway, is_home = tags.get("highway"), tags.get("landuse") == HOME
        if not is_home and highway not in FOOT_WAYS:
            return
        nodes = way.nodes
        if not len(nodes) or self._is_far(nodes[0].location):
            return
        x, y = [node.location.x for node in nodes], [node.location.y for node in nodes]
        if is_home and way.is_closed() and len(x) > 3:
            self._rings.append(np.column_stack([x, y]) / UNITS)
        if not (highway in FOOT_WAYS and self._comes_near(x, y)):
            return
        if foot_is_open({key: tags[key] for key in FOOT_TAGS if key in tags}):
            self._way.extend([way.id] * len(x))
            self._x.extend(x)
            self._y.extend(y)

    def keep_relation(self, relation: Relation) -> None:
        """Keep a residential area of several rings; where they are is told later."""
        if relation.tags.get("landuse") == HOME and relation.tags.get("type") == "multipolygon":
            ways = [member for member in relation.members if member.type == "w"]
            outer = [member.ref for member in ways if member.role != "inner"]
            self._several.append((outer, [m.ref for m in ways if m.role == "inner"]))

    def rings_wanted(self) -> set[int]:
        """Return the ways that `keep_ring` needs."""
        return {ref for rings in self._several for refs in rings for ref in refs}

    def keep_ring(self, way: Way, location: Callable[[int], Location | None]) -> None:
        """Keep a part of a ring.

        Parameters
        ----------
        way : Way
        location : callable
            Returns where a node is; None if the file does not tell.
        """
        spots = [location(node.ref) for node in way.nodes]
        known = [spot for spot in spots if spot is not None]
        if len(known) == len(spots) > 1 and not self._is_far(known[0]):
            corners = np.array([(spot.x, spot.y) for spot in known], dtype=np.float64)
            self._ring_lines[way.id] = shapely.LineString(corners / UNITS)

    def lines(self) -> NDArray[np.object_]:
        """Return the ways between junctions; see `geodata.waylines.join_ways`."""
        corners = np.column_stack([np.array(self._x), np.array(self._y)]) / UNITS
        way = np.array(self._way, dtype=np.int64)
        return join_ways(corners.reshape(-1, 2), way, self.around)

    def homes(self) -> Homes:
        """Return the residential areas of the district; rings that are not whole are left out."""
        shapes: list[shapely.Geometry] = [shapely.Polygon(ring) for ring in self._rings]
        for outer, inner in self._several:
            shapes.append(shapely.difference(self._inside(outer), self._inside(inner)))
        return homes_inside(shapes, self._district)

    def _inside(self, refs: list[int]) -> shapely.Geometry:
        lines = [self._ring_lines[ref] for ref in refs if ref in self._ring_lines]
        return shapely.union_all(list(shapely.polygonize(lines).geoms))

    def _is_far(self, spot: Location) -> bool:
        west, south, east, north = self._box
        # Where the file does not tell, the spot counts as far.
        return not (west <= spot.x <= east and south <= spot.y <= north)

    def _comes_near(self, x: list[int], y: list[int]) -> bool:
        near = self._near
        return any((a // SQUARE, b // SQUARE) in near for a, b in zip(x, y, strict=True))


def _squares(area: Area) -> set[tuple[int, int]]:
    """Return the squares that an area touches."""
    west, south, east, north = (math.floor(edge * UNITS / SQUARE) for edge in area.bounds)
    x, y = (
        axis.ravel() for axis in np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1))
    )
    side = SQUARE / UNITS
    boxes = shapely.box(x * side, y * side, (x + 1) * side, (y + 1) * side)
    shapely.prepare(area)
    touched = shapely.intersects(area, boxes)
    return set(zip(x[touched].tolist(), y[touched].tolist(), strict=True))


def _far_box(*areas: Area) -> tuple[int, int, int, int]:
    """Return west, south, east and north of all that is not far."""
    west, south, east, north = zip(*(area.bounds for area in areas), strict=True)
    return (
        math.floor(min(west) * UNITS) - FAR,
        math.floor(min(south) * UNITS) - FAR,
        math.ceil(max(east) * UNITS) + FAR,
        math.ceil(max(north) * UNITS) + FAR,
    )
