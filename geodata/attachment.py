"""The way from a point to the roads beside it: which edges are nearest, and where on them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geodata.crs import to_metres
from geodata.network import RoadNetwork
from geodata.search import UNREACHED, Ints, cost_of

# Two lines count as the same road under a point if they lie equally near, up to this.
SAME_ROAD_M = 0.1
# A point nearer than this to the end of an edge stands at the junction itself: measured
# otherwise, the start of a one-way street was wrong by minutes.
AT_NODE_M = 1.0
# From the road to a place beside it the bus crawls, and not along the straight line.
ACCESS_KPH = 20.0
ACCESS_CIRCUITY = 1.3
# Edges are first looked for within so many metres, and farther away where there is none.
FIRST_LOOK_M = 250.0
# A degree of latitude has a little more metres everywhere, so that no edge is overlooked.
METRES_PER_DEGREE = 105_000.0


@dataclass(frozen=True, slots=True)
class Foot:
    """A point's nearest spot on an edge.

    Attributes
    ----------
    edge : int
    share : float
        Of the edge's length, from its start.
    """

    edge: int
    share: float


@dataclass(frozen=True, slots=True)
class Access:
    """The way between a point and the roads beside it, the same there and back.

    Attributes
    ----------
    away_m : float
        To the nearest road, in a straight line.
    ms, mm : int
        What that way costs.
    nodes : tuple of int
        Junctions at which the point stands.
    feet : tuple of Foot
        Edges beside which it stands, by number.
    """

    away_m: float
    ms: int
    mm: int
    nodes: tuple[int, ...]
    feet: tuple[Foot, ...]


def find_access(network: RoadNetwork, lon: ArrayLike, lat: ArrayLike) -> list[Access]:
    """Return the way of each point to its nearest roads, however far they are.

    Parameters
    ----------
    network : RoadNetwork
    lon, lat : array_like of float, shape (n,)
        Degrees, EPSG:4326.
    """
    lonlat = np.column_stack([lon, lat]).astype(np.float64).reshape(-1, 2)
    points = map(shapely.Point, to_metres(lonlat[:, 0], lonlat[:, 1]))
    nearby = _Nearby(network)
    return [_access(network, nearby, p, at) for p, at in zip(points, lonlat, strict=True)]


def _access(
    network: RoadNetwork, nearby: _Nearby, point: shapely.Point, lonlat: NDArray[np.float64]
) -> Access:
    edges, lines, distance = nearby.around(point, lonlat)
    away = float(distance.min())
    near = np.flatnonzero(distance <= away + SAME_ROAD_M)
    nodes: list[int] = []
    feet: list[Foot] = []
    for edge, line in zip(edges[near].tolist(), lines[near], strict=True):
        u, v = int(network.edge_from[edge]), int(network.edge_to[edge])
        along = line.project(point)
        at_start, at_end = along <= AT_NODE_M, line.length - along <= AT_NODE_M
        nodes += [u] * at_start + [v] * (at_end and line.length > 0)
        if not (at_start or at_end):
            feet.append(Foot(edge, along / line.length))
    mm = round(away * 1000 * ACCESS_CIRCUITY)
    return Access(away, round(mm / ACCESS_KPH * 3.6), mm, tuple(dict.fromkeys(nodes)), tuple(feet))


def leaving(network: RoadNetwork, access: Access) -> tuple[Ints, Ints]:
    """Return the nodes to which one can leave, and what it costs to be there.

    Returns
    -------
    ndarray of int64, shape (k,)
    ndarray of int64, shape (k,)
        See `geodata.search.cost_of`.
    """
    ends = [(int(network.edge_to[f.edge]), f.edge, 1 - f.share) for f in access.feet]
    return _gates(network, access, ends)


def arriving(network: RoadNetwork, access: Access) -> tuple[Ints, Ints]:
    """Return the nodes from which one can arrive, and what it costs from there; see `leaving`."""
    ends = [(int(network.edge_from[f.edge]), f.edge, f.share) for f in access.feet]
    return _gates(network, access, ends)


def _gates(
    network: RoadNetwork, access: Access, ends: list[tuple[int, int, float]]
) -> tuple[Ints, Ints]:
    nodes = [*access.nodes, *(node for node, _edge, _share in ends)]
    ms, mm = [access.ms] * len(nodes), [access.mm] * len(nodes)
    for at, (_node, edge, share) in enumerate(ends, len(access.nodes)):
        ms[at] += round(int(network.edge_ms[edge]) * share)
        mm[at] += round(int(network.edge_mm[edge]) * share)
    return np.array(nodes), cost_of(np.array(ms), np.array(mm))


def along(network: RoadNetwork, start: Access, end: Access) -> tuple[int, int, float, float]:
    """Return the drive between two points on a single edge.

    Returns
    -------
    int
        Its cost, `geodata.search.UNREACHED` if there is none.
    int, float, float
        The edge, and the shares of it between which the drive goes.
    """
    best = UNREACHED, -1, 0.0, 0.0
    further = {foot.edge: foot.share for foot in end.feet}
    for foot in start.feet:
        share = further.get(foot.edge, -1.0)
        if share >= foot.share:
            gap = share - foot.share
            ms = round(int(network.edge_ms[foot.edge]) * gap) + start.ms + end.ms
            mm = round(int(network.edge_mm[foot.edge]) * gap) + start.mm + end.mm
            best = min(best, (int(cost_of(ms, mm)), foot.edge, foot.share, share))
    return best


class _Nearby:
    """Finds the edges around a point without making lines of all the others."""

    def __init__(self, network: RoadNetwork) -> None:
        self._network = network
        lon, lat = np.ascontiguousarray(network.line_lonlat.T)
        starts = network.line_start[:-1]
        self._west, self._east = np.minimum.reduceat(lon, starts), np.maximum.reduceat(lon, starts)
        self._south, self._north = (
            np.minimum.reduceat(lat, starts),
            np.maximum.reduceat(lat, starts),
        )
        # Edges by their southern end, and how far north the longest one goes from there.
        self._order = np.argsort(self._south, kind="stable")
        self._sorted_south = self._south[self._order]
        self._highest = float((self._north - self._south).max())

    def around(
        self, point: shapely.Point, lonlat: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.object_], NDArray[np.float64]]:
        """Return edges, the nearest ones among them: numbers, lines and distances in metres."""
        look_m = FIRST_LOOK_M
        while True:
            edges = self._within(lonlat, look_m)
            if len(edges):
                lines = self._network.lines_m(edges)
                distance = shapely.distance(lines, point)
                if distance.min() + SAME_ROAD_M <= look_m or len(edges) == len(self._order):
                    return edges, lines, distance
            look_m *= 2

    def _within(self, lonlat: NDArray[np.float64], look_m: float) -> NDArray[np.int64]:
        """Return the edges whose box lies within so many metres of a point, by number."""
        lon, lat = lonlat.tolist()
        up = look_m / METRES_PER_DEGREE
        aside = up / max(0.01, math.cos(math.radians(min(89.0, abs(lat) + up))))
        bounds = lat - up - self._highest, lat + up
        first, last = np.searchsorted(self._sorted_south, bounds).tolist()
        edges = self._order[first:last]
        is_near = (self._north[edges] >= lat - up) & (self._west[edges] <= lon + aside)
        return np.sort(edges[is_near & (self._east[edges] >= lon - aside)])
