"""Travel between points on the road network: the matrix in seconds and metres, and the routes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from shapely.ops import substring

from geodata.crs import Coordinates, to_metres
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
# The search adds up milliseconds times this plus millimetres, whole numbers below 2**53 and so
# exact: of equally fast drives the shortest is found, whatever the order of roads.
MM_PER_MS = 2**25


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

    @cached_property
    def _rows(self) -> dict[str, int]:
        return {id_: row for row, id_ in enumerate(self.ids)}

    def index(self, id_: str) -> int:
        """Return the row of a point.

        Raises
        ------
        KeyError
            If there is no such point.
        """
        return self._rows[id_]


class Router:
    """Roads with the points set into them as nodes of their own, so that paths are exact.

    A point is two nodes, one to leave and one to arrive: no drive between others leads through
    it, so a further point changes nothing for them.

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
        self._leave = network.num_nodes + np.arange(len(points))
        self._arrive = self._leave + len(points)
        tails, heads, ms, mm, edge, part = self._arcs()
        num = network.num_nodes + 2 * len(points)
        key = tails * num + heads
        # Of parallel arcs the fastest counts, of equally fast ones the shortest.
        order = np.lexsort((edge, mm, ms, key))
        order = order[np.r_[True, np.diff(key[order]) != 0]]
        self._key, self._ms, self._mm = key[order], ms[order], mm[order]
        self._edge, self._part = edge[order], part[order]
        # A free arc would be taken for no arc.
        cost = np.maximum(self._ms * MM_PER_MS + self._mm, 1).astype(np.float64)
        self._graph = csr_array((cost, (tails[order], heads[order])), shape=(num, num))
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
            leave, arrive = int(self._leave[i]), int(self._arrive[i])
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
                    rows.append((end, arrive, access_ms[i], access_mm[i], e, here, here))
                    rows.append((leave, end, access_ms[i], access_mm[i], e, here, here))
                if not ends:
                    on_edge.setdefault(e, []).append((along / length, i))
        for e, found in on_edge.items():
            found.sort()
            u, v = int(net.edge_from[e]), int(net.edge_to[e])
            ms, mm = int(net.edge_ms[e]), int(net.edge_mm[e])
            for share, i in found:
                leave, arrive = int(self._leave[i]), int(self._arrive[i])
                a_ms, a_mm = int(access_ms[i]), int(access_mm[i])
                rows.append(
                    (u, arrive, round(ms * share) + a_ms, round(mm * share) + a_mm, e, 0.0, share)
                )
                rest = 1 - share
                rows.append(
                    (leave, v, round(ms * rest) + a_ms, round(mm * rest) + a_mm, e, share, 1.0)
                )
                for further, j in found:
                    gap = further - share
                    if gap < 0 or i == j:
                        continue
                    cost = round(ms * gap) + a_ms + int(access_ms[j])
                    metres = round(mm * gap) + a_mm + int(access_mm[j])
                    rows.append((leave, int(self._arrive[j]), cost, metres, e, share, further))
        new = np.array(rows, dtype=np.float64).reshape(-1, 7)
        tails, heads, ms_, mm_, edge = (
            np.concatenate([old, new[:, c].astype(np.int64)])
            for c, old in enumerate(
                (net.edge_from, net.edge_to, net.edge_ms, net.edge_mm, np.arange(net.num_edges))
            )
        )
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
        is_joined = np.eye(n, dtype=bool)
        for start in range(0, n, SOURCES_AT_ONCE):
            rows = np.arange(start, min(start + SOURCES_AT_ONCE, n))
            cost, before = dijkstra(self._graph, True, self._leave[rows], True)
            is_joined[rows] |= np.isfinite(cost[:, self._arrive])
            for row, tree in zip(rows.tolist(), before.astype(np.int64), strict=True):
                ms, mm = self._sums(tree)
                seconds[row] = -(-ms // 1000)
                metres[row] = (mm + 500) // 1000
        self._check_joined(is_joined)
        np.fill_diagonal(seconds, 0)
        np.fill_diagonal(metres, 0)
        return TravelTimes(tuple(p.id for p in self.points), seconds, metres)

    def _check_joined(self, is_joined: NDArray[np.bool_]) -> None:
        """Fail with each point that the first one does not reach, or is not reached from."""
        if is_joined.all():
            return
        there = [(0, i) for i in np.flatnonzero(~is_joined[0]).tolist()]
        back = [(i, 0) for i in np.flatnonzero(is_joined[0] & ~is_joined[:, 0]).tolist()]
        pairs = sorted(there + back, key=max) or np.argwhere(~is_joined).tolist()
        raise NetworkError.collected(self._no_road(i, j) for i, j in pairs)

    def _no_road(self, origin: int, target: int) -> Fault:
        return Fault(
            _("There is no road from {a} to {b}").format(
                a=self.points[origin].name, b=self.points[target].name
            ),
            remedy=_("Correct the position of one of them, or load roads that join them"),
        )

    def _sums(self, before: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Walk back from all points at once and add up the arcs, milliseconds and millimetres."""
        ms = np.zeros(len(self.points), dtype=np.int64)
        mm = np.zeros(len(self.points), dtype=np.int64)
        at = self._arrive.copy()
        while (moving := before[at] >= 0).any():
            tail = before[at[moving]]
            arcs = np.searchsorted(self._key, tail * self._num + at[moving])
            ms[moving] += self._ms[arcs]
            mm[moving] += self._mm[arcs]
            at[moving] = tail
        return ms, mm

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

        Raises
        ------
        NetworkError
            If there is no road.
        """
        start, end = self.points[origin], self.points[target]
        line: list[tuple[float, float]] = [(round(start.lon, 5), round(start.lat, 5))]
        if origin != target:
            _cost, before = dijkstra(self._graph, True, self._leave[[origin]], True)
            path = [int(self._arrive[target])]
            while (tail := int(before[0, path[-1]])) >= 0:
                path.append(tail)
            if len(path) == 1:
                raise NetworkError.collected([self._no_road(origin, target)])
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
