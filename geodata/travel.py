"""Travel between points on the road network: the matrix in seconds and metres, and the routes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from geodata.crs import to_metres
from geodata.errors import Fault, NetworkError
from geodata.language import translator
from geodata.network import RoadNetwork

_ = translator("geodata")

# Two lines count as the same road under a point if they lie equally near, up to this.
SAME_ROAD_M = 0.1
# A point nearer than this to the end of an edge stands at the junction itself: measured
# otherwise, the start of a one-way street was wrong by minutes.
AT_NODE_M = 1.0
# From the road to a place beside it the bus crawls, and not along the straight line.
ACCESS_KPH = 20.0
ACCESS_CIRCUITY = 1.3
SOURCES_AT_ONCE = 64

Coordinates = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A point to drive to.

    Attributes
    ----------
    id : str
        Unique among the points of one matrix.
    name : str
        For messages.
    lon, lat : float
        Degrees, EPSG:4326.
    """

    id: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, eq=False)
class TravelTimes:
    """Drive times and lengths between points.

    Attributes
    ----------
    ids : tuple of str
        The points, in the order of rows and columns.
    seconds : ndarray of int64, shape (n, n)
        From row to column, rounded up.
    metres : ndarray of int64, shape (n, n)
        Length of the fastest route.
    """

    ids: tuple[str, ...]
    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]

    def __post_init__(self) -> None:
        n = len(self.ids)
        if len(set(self.ids)) != n:
            raise ValueError("ids must be unique")
        for name, array in (("seconds", self.seconds), ("metres", self.metres)):
            if array.shape != (n, n):
                raise ValueError(f"{name} must have shape {(n, n)}, got {array.shape}")
            if n and array.min() < 0:
                raise ValueError(f"{name} must be 0 or more, got {array.min()}")

    def index(self, id_: str) -> int:
        """Return the row of a point."""
        return self.ids.index(id_)


class Router:
    """Roads with the points set into them as nodes of their own, so that paths are exact.

    Parameters
    ----------
    network : RoadNetwork
    points : sequence of Point

    Raises
    ------
    NetworkError
        With every point that has no road within the network's limit.
    """

    def __init__(self, network: RoadNetwork, points: Sequence[Point]) -> None:
        self.points = tuple(points)
        self._network = network
        self._first = network.num_nodes
        tails, heads, ms, mm, edge, part = self._arcs()
        num = self._first + len(points)
        key = tails * num + heads
        # Of parallel arcs the fastest counts; ties go to the lower edge, whatever the order.
        order = np.lexsort((edge, ms, key))
        order = order[np.r_[True, np.diff(key[order]) != 0]]
        self._key, self._mm = key[order], mm[order]
        self._edge, self._part = edge[order], part[order]
        self._graph = csr_array(
            (ms[order].astype(np.float64), (tails[order], heads[order])), shape=(num, num)
        )
        self._num = num

    def _arcs(self) -> tuple[NDArray[np.int64], ...]:
        """Return the arcs between nodes and points: ends, cost, edge and part of the edge."""
        net = self._network
        lines = net.edge_line_m
        places = to_metres([p.lon for p in self.points], [p.lat for p in self.points])
        at = [shapely.Point(place) for place in places]
        tree = shapely.STRtree(lines)
        away = np.full(len(at), np.inf)
        if len(at):
            index, distance = tree.query_nearest(at, return_distance=True, all_matches=False)
            away[index[0]] = distance
        self._check(away)
        rows: list[tuple[int, int, int, int, int, float, float]] = []
        on_edge: dict[int, list[tuple[float, int]]] = {}
        access_mm = np.round(away * 1000 * ACCESS_CIRCUITY).astype(np.int64)
        access_ms = np.round(access_mm / ACCESS_KPH * 3.6).astype(np.int64)
        for i, point in enumerate(at):
            node = self._first + i
            near = np.sort(tree.query(point, predicate="dwithin", distance=away[i] + SAME_ROAD_M))
            for e in near.tolist():
                length = lines[e].length
                along = lines[e].project(point)
                u, v = int(net.edge_from[e]), int(net.edge_to[e])
                ends = (
                    [u] * (along <= AT_NODE_M) + [v] * (length - along <= AT_NODE_M)
                    if length > 0
                    else [u]
                )
                for end in ends:
                    here = 0.0 if end == u else 1.0
                    rows.append((end, node, access_ms[i], access_mm[i], e, here, here))
                    rows.append((node, end, access_ms[i], access_mm[i], e, here, here))
                if not ends:
                    on_edge.setdefault(e, []).append((along / length, i))
        for e, found in on_edge.items():
            found.sort()
            u, v = int(net.edge_from[e]), int(net.edge_to[e])
            ms, mm = int(net.edge_ms[e]), int(net.edge_mm[e])
            for k, (share, i) in enumerate(found):
                node = self._first + i
                a_ms, a_mm = int(access_ms[i]), int(access_mm[i])
                rows.append(
                    (u, node, round(ms * share) + a_ms, round(mm * share) + a_mm, e, 0.0, share)
                )
                rest = 1 - share
                rows.append(
                    (node, v, round(ms * rest) + a_ms, round(mm * rest) + a_mm, e, share, 1.0)
                )
                for further, j in found[k + 1 :]:
                    gap = further - share
                    cost = round(ms * gap) + a_ms + int(access_ms[j])
                    metres = round(mm * gap) + a_mm + int(access_mm[j])
                    rows.append((node, self._first + j, cost, metres, e, share, further))
        new = np.array(rows, dtype=np.float64).reshape(-1, 7)
        tails, heads, ms_, mm_, edge = (
            np.concatenate([old, new[:, c].astype(np.int64)])
            for c, old in enumerate(
                (net.edge_from, net.edge_to, net.edge_ms, net.edge_mm, np.arange(net.num_edges))
            )
        )
        # A free arc would be taken for no arc.
        ms_ = np.maximum(ms_, 1)
        # The part of the edge that an arc covers, from and to in millionths.
        parts = np.round(new[:, 5:] * 1e6).astype(np.int64)
        whole = np.tile(np.array([0, 1_000_000]), (net.num_edges, 1))
        part = np.concatenate([whole, parts])
        return tails, heads, ms_, mm_, edge, part

    def _check(self, away: NDArray[np.float64]) -> None:
        limit = self._network.snap_limit_m
        faults = [
            Fault(
                _("{name} has no road within {limit} m (the nearest is {metres} m away)").format(
                    name=point.name, limit=limit, metres=round(float(metres))
                ),
                f"{point.lat:.5f} N, {point.lon:.5f} E",
                _("Correct its position, or load roads that reach it"),
            )
            for point, metres in zip(self.points, away, strict=True)
            if metres > limit
        ]
        if faults:
            raise NetworkError.collected(faults)

    def travel_times(self) -> TravelTimes:
        """Return the matrix between all points.

        Raises
        ------
        NetworkError
            With every point that cannot be reached from the first, or not left again.
        """
        n = len(self.points)
        seconds = np.zeros((n, n), dtype=np.int64)
        metres = np.zeros((n, n), dtype=np.int64)
        targets = self._first + np.arange(n)
        for start in range(0, n, SOURCES_AT_ONCE):
            rows = np.arange(start, min(start + SOURCES_AT_ONCE, n))
            ms, before = dijkstra(self._graph, True, self._first + rows, True)
            if not np.isfinite(ms[:, targets]).all():
                self._fail_unreachable(ms[:, targets], start)
            seconds[rows] = np.ceil(ms[:, targets] / 1000).astype(np.int64)
            metres[rows] = [
                (self._lengths(tree, targets) + 500) // 1000 for tree in before.astype(np.int64)
            ]
        return TravelTimes(tuple(p.id for p in self.points), seconds, metres)

    def _fail_unreachable(self, ms: NDArray[np.float64], start: int) -> None:
        bad = np.argwhere(~np.isfinite(ms))
        raise NetworkError.collected(
            Fault(
                _("There is no road from {a} to {b}").format(
                    a=self.points[start + i].name, b=self.points[j].name
                ),
                remedy=_("Correct the position of one of them, or load roads that join them"),
            )
            for i, j in bad[:5].tolist()
        )

    def _lengths(self, before: NDArray[np.int64], targets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Walk back from all targets at once and add up the arcs, in millimetres."""
        total = np.zeros(len(targets), dtype=np.int64)
        at = targets.copy()
        while (moving := before[at] >= 0).any():
            tail = before[at[moving]]
            arcs = np.searchsorted(self._key, tail * self._num + at[moving])
            total[moving] += self._mm[arcs]
            at[moving] = tail
        return total

    def route(self, origin: int, target: int) -> Coordinates:
        """Return the line of the fastest route between two points.

        Parameters
        ----------
        origin, target : int
            Positions in the list of points.

        Returns
        -------
        tuple of (lon, lat)
            Degrees, EPSG:4326, 5 decimals, at least two; from point to point.
        """
        start, end = self.points[origin], self.points[target]
        line: list[tuple[float, float]] = [(round(start.lon, 5), round(start.lat, 5))]
        if origin != target:
            _ms, before = dijkstra(self._graph, True, np.array([self._first + origin]), True)
            path = [self._first + target]
            while path[-1] != self._first + origin:
                path.append(int(before[0, path[-1]]))
            path.reverse()
            for tail, head in pairwise(path):
                arc = int(np.searchsorted(self._key, tail * self._num + head))
                low, high = (self._part[arc] / 1e6).tolist()
                piece = substring(
                    self._network.edge_line[self._edge[arc]], low, high, normalized=True
                )
                line.extend((round(x, 5), round(y, 5)) for x, y in piece.coords)
        line.append((round(end.lon, 5), round(end.lat, 5)))
        kept = [line[0]]
        kept.extend(b for a, b in pairwise(line) if a != b)
        return tuple(kept) if len(kept) > 1 else (kept[0], kept[0])
