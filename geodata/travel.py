"""Travel between points on the road network: the matrix in seconds and metres, and the routes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from geodata.attachment import along, arriving, find_access, leaving
from geodata.crs import Coordinates, to_metres
from geodata.errors import Fault, NetworkError
from geodata.language import translator
from geodata.network import RoadNetwork
from geodata.search import UNREACHED, Arcs, arcs_between, cost_of, parts_of, search

_ = translator("geodata")

# Why a point has no times: no road within the limit, or none to the first point and back.
NO_ROAD, CUT_OFF = "no_road", "cut_off"


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
    missing : Mapping of str to str
        Points without times, with the reason: `NO_ROAD` or `CUT_OFF`.
    """

    ids: tuple[str, ...]
    seconds: NDArray[np.int64]
    metres: NDArray[np.int64]
    missing: Mapping[str, str] = field(default_factory=dict)

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
    """Roads with points beside them, between which one can drive.

    No drive between others leads through a point, so a further point changes nothing for them.

    Parameters
    ----------
    network : RoadNetwork
    points : sequence of Point
    needed : collection of str or None
        Ids of points without which nothing can be done, the first one among them; None for all.
        Others are left out if they have no road, or none to the first point and back.

    Attributes
    ----------
    points : tuple of Point
        Those that are not left out.
    missing : dict of str to str
        Those that are, with the reason: `NO_ROAD` or `CUT_OFF`.
    faults : tuple of Fault
        The same in sentences.

    Raises
    ------
    NetworkError
        With every needed point that has no road within the network's limit, or if none of the
        others is joined with the first.
    """

    def __init__(
        self,
        network: RoadNetwork,
        points: Sequence[Point],
        *,
        needed: Collection[str] | None = None,
    ) -> None:
        self._network = network
        self._arcs = network_arcs(network)
        self.points = tuple(points)
        self.missing: dict[str, str] = {}
        self.faults: tuple[Fault, ...] = ()
        self._access = find_access(network, [p.lon for p in points], [p.lat for p in points])
        far = {
            point.id: self._too_far(point, access.away_m)
            for point, access in zip(points, self._access, strict=True)
            if access.away_m > network.snap_limit_m
        }
        lost = [fault for id_, fault in far.items() if needed is None or id_ in needed]
        if lost:
            raise NetworkError.collected(lost)
        self._leave_out(far, NO_ROAD)
        if needed is not None and len(self.points) > 1:
            self._leave_out(self._unjoined(needed), CUT_OFF)

    def _leave_out(self, faults: Mapping[str, Fault], reason: str) -> None:
        kept = [i for i, point in enumerate(self.points) if point.id not in faults]
        self.points = tuple(self.points[i] for i in kept)
        self._access = [self._access[i] for i in kept]
        self.missing |= dict.fromkeys(faults, reason)
        self.faults += tuple(faults.values())

    def _unjoined(self, needed: Collection[str]) -> dict[str, Fault]:
        """Return the other points that the first does not reach, or is not reached from."""
        gates = [(arriving(self._network, a), leaving(self._network, a)) for a in self._access]
        there, _via = search(self._arcs, *gates[0][1])
        back, _via = search(network_arcs(self._network, is_turned=True), *gates[0][0])
        faults: dict[str, Fault] = {}
        others = [i for i, point in enumerate(self.points) if i and point.id not in needed]
        for i in others:
            (enter, _cost), (leave, _cost) = gates[i]
            if (there[enter] >= UNREACHED).all():
                faults[self.points[i].id] = self._no_road(0, i)
            elif (back[leave] >= UNREACHED).all():
                faults[self.points[i].id] = self._no_road(i, 0)
        if others and len(faults) == len(others):
            # Not the places are cut off, but the first point is.
            raise NetworkError.collected(faults.values())
        return faults

    def _too_far(self, point: Point, metres: float) -> Fault:
        return Fault(
            _("{name} has no road within {limit} m (the nearest is {metres} m away)").format(
                name=point.name, limit=self._network.snap_limit_m, metres=round(metres)
            ),
            f"{point.lat:.5f} N, {point.lon:.5f} E",
            _("Correct its position, or load roads that reach it"),
        )

    def _no_road(self, origin: int, target: int) -> Fault:
        return Fault(
            _("There is no road from {a} to {b}").format(
                a=self.points[origin].name, b=self.points[target].name
            ),
            remedy=_("Correct the position of one of them, or load roads that join them"),
        )

    def travel_times(self) -> TravelTimes:
        """Return the matrix between all points.

        Raises
        ------
        NetworkError
            With every point that cannot be reached from the first, or not left again.
        """
        n = len(self.points)
        cost = np.zeros((n, n), dtype=np.int64)
        ends = [arriving(self._network, access) for access in self._access]
        first = np.cumsum([0, *(len(nodes) for nodes, _cost in ends)])[:-1]
        nodes, costs = (np.concatenate(part) for part in zip(*ends, strict=True)) if n else ((), ())
        goals = np.unique(nodes)
        for i, access in enumerate(self._access):
            found, _via = search(self._arcs, *leaving(self._network, access), goals)
            cost[i] = np.minimum.reduceat(found[nodes] + costs, first)
        for i, j in self._neighbours():
            cost[i, j] = min(cost[i, j], along(self._network, self._access[i], self._access[j])[0])
        np.fill_diagonal(cost, 0)
        self._check_joined(cost < UNREACHED)
        ms, mm = parts_of(cost)
        ids = tuple(point.id for point in self.points)
        return TravelTimes(ids, -(-ms // 1000), (mm + 500) // 1000, self.missing)

    def _neighbours(self) -> list[tuple[int, int]]:
        """Return the pairs of points that stand beside the same edge."""
        beside: dict[int, list[int]] = {}
        for i, access in enumerate(self._access):
            for foot in access.feet:
                beside.setdefault(foot.edge, []).append(i)
        return [(i, j) for group in beside.values() for i in group for j in group if i != j]

    def _check_joined(self, is_joined: NDArray[np.bool_]) -> None:
        """Fail with each point that the first one does not reach, or is not reached from."""
        if is_joined.all():
            return
        there = [(0, i) for i in np.flatnonzero(~is_joined[0]).tolist()]
        back = [(i, 0) for i in np.flatnonzero(is_joined[0] & ~is_joined[:, 0]).tolist()]
        pairs = sorted(there + back, key=max) or np.argwhere(~is_joined).tolist()
        raise NetworkError.collected(self._no_road(i, j) for i, j in pairs)

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
            for edge, low, high in self._pieces(origin, target):
                corners = piece_of(self._network, edge, low, high)
                line.extend((round(lon, 5), round(lat, 5)) for lon, lat in corners.tolist())
        line.append((round(end.lon, 5), round(end.lat, 5)))
        kept = [line[0]]
        kept.extend(b for a, b in pairwise(line) if a != b)
        return tuple(kept) if len(kept) > 1 else (kept[0], kept[0])

    def _pieces(self, origin: int, target: int) -> list[tuple[int, float, float]]:
        """Return the edges of the fastest route, each with the shares between which it goes."""
        net, start, end = self._network, self._access[origin], self._access[target]
        out_nodes, out_costs = leaving(net, start)
        in_nodes, in_costs = arriving(net, end)
        found, via = search(self._arcs, out_nodes, out_costs, np.unique(in_nodes))
        total = found[in_nodes] + in_costs
        last = int(np.argmin(total))
        direct, edge, low, high = along(net, start, end)
        if min(direct, int(total[last])) >= UNREACHED:
            raise NetworkError.collected([self._no_road(origin, target)])
        if direct <= total[last]:
            return [(edge, low, high)]
        # Backwards from the end.
        pieces: list[tuple[int, float, float]] = []
        if last >= len(end.nodes):
            foot = end.feet[last - len(end.nodes)]
            pieces.append((foot.edge, 0.0, foot.share))
        node = int(in_nodes[last])
        while (arc := int(via[node])) >= 0:
            edge = int(self._arcs.edge[arc])
            pieces.append((edge, 0.0, 1.0))
            node = int(net.edge_from[edge])
        first = int(np.argmin(np.where(out_nodes == node, out_costs, UNREACHED)))
        if first >= len(start.nodes):
            foot = start.feet[first - len(start.nodes)]
            pieces.append((foot.edge, foot.share, 1.0))
        return pieces[::-1]


def network_arcs(network: RoadNetwork, *, is_turned: bool = False) -> Arcs:
    """Return the edges of a network for the search, turned round if need be."""
    tail, head = network.edge_from, network.edge_to
    if is_turned:
        tail, head = head, tail
    return arcs_between(tail, head, cost_of(network.edge_ms, network.edge_mm), network.node_lonlat)


def piece_of(network: RoadNetwork, edge: int, low: float, high: float) -> NDArray[np.float64]:
    """Return a part of an edge between two shares of its length: corners, degrees, shape (k, 2)."""
    corners = network.line_lonlat[network.line_start[edge] : network.line_start[edge + 1]]
    if (low, high) == (0, 1):
        return corners
    steps = np.hypot(*np.diff(to_metres(corners[:, 0], corners[:, 1]), axis=0).T)
    at = np.concatenate([[0], np.cumsum(steps)])
    at /= at[-1] or 1.0
    inner = corners[(at > low) & (at < high)]
    cut = np.column_stack([np.interp([low, high], at, axis) for axis in corners.T])
    return np.concatenate([cut[:1], inner, cut[1:]])
