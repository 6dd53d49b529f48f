"""The road network as arrays: whole milliseconds and millimetres, from any OSMnx graph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.language import translator
from geodata.streets import StreetNames, street_names

if TYPE_CHECKING:
    import networkx as nx

_ = translator("geodata")

# Classes from the widest to the narrowest road; what is not named counts as the last.
ROAD_CLASSES = (
    *("motorway", "trunk", "primary", "secondary", "tertiary"),
    *("unclassified", "residential"),
)


@dataclass(frozen=True, slots=True)
class NetworkSource:
    """Where a road network comes from.

    Attributes
    ----------
    kind : str
        ``estimate``, ``download`` or ``extract``.
    date : str
        Date of the data, ISO 8601; empty where the source has none.
    attribution : str
        The credit line to print beside anything drawn from it.
    error_median, error_p90 : float or None
        Expected error of a travel time as a share; None where it was not measured.
    """

    kind: str
    date: str
    attribution: str
    error_median: float | None = None
    error_p90: float | None = None

    @property
    def is_estimate(self) -> bool:
        """Whether the roads are not real ones."""
        return self.kind == "estimate"


@dataclass(frozen=True, eq=False)
class RoadNetwork:
    """Directed roads.

    Whole numbers add up to the same shortest path on every machine.

    Attributes
    ----------
    source : NetworkSource
    node_lonlat : ndarray of float64, shape (n, 2)
        Degrees, EPSG:4326.
    edge_from, edge_to : ndarray of int64, shape (m,)
        Positions of the end nodes.
    edge_ms : ndarray of int64, shape (m,)
        Drive time, milliseconds.
    edge_mm : ndarray of int64, shape (m,)
        Length on the road, millimetres.
    edge_class : ndarray of int64, shape (m,)
        Position in `ROAD_CLASSES`.
    line_lonlat : ndarray of float64, shape (k, 2)
        Corners of all edges, one edge after the other, degrees, EPSG:4326.
    line_start : ndarray of int64, shape (m + 1,)
        Where the corners of each edge start, at last k; an edge has two or more.
    snap_limit_m : int
        Farthest that a place may lie from a road of this network, metres.
    streets : StreetNames or None
        What the roads are called; None where that is not known.
    """

    source: NetworkSource
    node_lonlat: NDArray[np.float64]
    edge_from: NDArray[np.int64]
    edge_to: NDArray[np.int64]
    edge_ms: NDArray[np.int64]
    edge_mm: NDArray[np.int64]
    edge_class: NDArray[np.int64]
    line_lonlat: NDArray[np.float64]
    line_start: NDArray[np.int64]
    snap_limit_m: int = 150
    streets: StreetNames | None = None

    def __post_init__(self) -> None:
        m = len(self.edge_from)
        if not m:
            raise ValueError("edge_from must hold at least one edge, got 0")
        if not m == len(self.edge_to) == len(self.edge_ms) == len(self.edge_mm):
            raise ValueError(f"edge_to, edge_ms and edge_mm must hold {m} edges")
        if len(self.edge_class) != m or len(self.line_start) != m + 1:
            raise ValueError(f"edge_class and line_start must hold {m} edges")
        if self.edge_ms.min() < 0 or self.edge_mm.min() < 0:
            raise ValueError("edge_ms and edge_mm must be 0 or more")
        ends = (self.edge_from, self.edge_to)
        if min(e.min() for e in ends) < 0 or max(e.max() for e in ends) >= self.num_nodes:
            raise ValueError(f"edge_from and edge_to must be nodes below {self.num_nodes}")
        if self.edge_class.min() < 0 or self.edge_class.max() >= len(ROAD_CLASSES):
            raise ValueError(f"edge_class must be below {len(ROAD_CLASSES)}")
        if self.line_start[0] or self.line_start[-1] != len(self.line_lonlat):
            raise ValueError(f"line_start must go from 0 to {len(self.line_lonlat)}")
        if np.diff(self.line_start).min() < 2:
            raise ValueError("line_start must leave each edge two corners or more")
        if self.streets is not None and len(self.streets.edge_name) != m:
            raise ValueError(f"streets must name {m} edges, got {len(self.streets.edge_name)}")

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_lonlat)

    @property
    def num_edges(self) -> int:
        """Number of directed edges."""
        return len(self.edge_from)

    def slower(self, percent: int) -> RoadNetwork:
        """Return the same roads with longer drives.

        Parameters
        ----------
        percent : int
            0 or more, of the drive times; halves of a millisecond are rounded up.
        """
        if percent < 0:
            raise ValueError(f"percent must be 0 or more, got {percent}")
        return replace(self, edge_ms=(self.edge_ms * (100 + percent) + 50) // 100)

    @cached_property
    def edge_line(self) -> NDArray[np.object_]:
        """shapely.LineString of each edge in degrees, EPSG:4326, shape (m,)."""
        return self._lines(np.arange(self.num_edges), self.line_lonlat)

    @cached_property
    def edge_line_m(self) -> NDArray[np.object_]:
        """The edges in metres, EPSG:25832, shape (m,)."""
        return self.lines_m(np.arange(self.num_edges))

    def lines_m(self, edges: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return some edges in metres, EPSG:25832, without making lines of all the others.

        Parameters
        ----------
        edges : ndarray of int64, shape (k,)

        Returns
        -------
        ndarray of shapely.LineString, shape (k,)
        """
        corners = self.line_lonlat[self._corners(edges)[0]]
        return self._lines(edges, to_metres(corners[:, 0], corners[:, 1]))

    def _corners(self, edges: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the positions of the corners of some edges, and whose each of them is."""
        count = np.diff(self.line_start)[edges]
        line = np.repeat(np.arange(len(edges)), count)
        skipped = self.line_start[edges] - np.concatenate([[0], np.cumsum(count)[:-1]])
        return np.arange(len(line)) + skipped[line], line

    def _lines(self, edges: NDArray[np.int64], corners: NDArray[np.float64]) -> NDArray[np.object_]:
        line = self._corners(edges)[1]
        return np.asarray(shapely.linestrings(corners, indices=line), dtype=np.object_)


def network_from_graph(
    graph: nx.MultiDiGraph[Any], source: NetworkSource, *, snap_limit_m: int = 150
) -> RoadNetwork:
    """Return the arrays of an OSMnx graph.

    Parameters
    ----------
    graph : MultiDiGraph
        Nodes with ``x`` and ``y`` (degrees), edges with ``length`` (m), ``travel_time`` (s),
        ``highway`` and, where they have one, ``name`` and ``geometry``.
    source : NetworkSource
    snap_limit_m : int
        Farthest that a place may lie from a road, metres.

    Raises
    ------
    NetworkError
        If the graph has no road.
    """
    if not graph.number_of_edges():
        raise NetworkError(
            _("The road network is empty"),
            remedy=_("Check the district's stops, or load real roads"),
        )
    position = {node: i for i, node in enumerate(graph.nodes)}
    lonlat = np.array([(d["x"], d["y"]) for _n, d in graph.nodes(data=True)], dtype=np.float64)
    ends = np.array([(position[u], position[v]) for u, v in graph.edges()], dtype=np.int64)
    data = [d for _u, _v, d in graph.edges(data=True)]
    lines = [
        d.get("geometry") or shapely.LineString(lonlat[pair])
        for d, pair in zip(data, ends, strict=True)
    ]
    corners, start = corners_of(np.array(lines, dtype=np.object_))
    return RoadNetwork(
        source=source,
        node_lonlat=lonlat,
        edge_from=ends[:, 0],
        edge_to=ends[:, 1],
        edge_ms=np.array([round(d["travel_time"] * 1000) for d in data], dtype=np.int64),
        edge_mm=np.array([round(d["length"] * 1000) for d in data], dtype=np.int64),
        edge_class=np.array([_road_class(d["highway"]) for d in data], dtype=np.int64),
        line_lonlat=corners,
        line_start=start,
        snap_limit_m=snap_limit_m,
        streets=street_names([d.get("name", "") for d in data]),
    )


def corners_of(lines: NDArray[np.object_]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the corners of lines one after the other, and where each line starts.

    Parameters
    ----------
    lines : ndarray of shapely.LineString, shape (m,)

    Returns
    -------
    ndarray of float64, shape (k, 2)
    ndarray of int64, shape (m + 1,)
    """
    start = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))])
    return shapely.get_coordinates(lines), start.astype(np.int64)


def _road_class(highway: str | list[str]) -> int:
    names = [highway] if isinstance(highway, str) else highway
    known = [name.removesuffix("_link") for name in names]
    return min(
        (ROAD_CLASSES.index(name) for name in known if name in ROAD_CLASSES),
        default=len(ROAD_CLASSES) - 1,
    )
