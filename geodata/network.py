"""The road network as arrays: whole milliseconds and millimetres, from any OSMnx graph."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.language import translator

if TYPE_CHECKING:
    import networkx as nx

_ = translator("geodata")

# Classes from the widest to the narrowest road; what is not named counts as the last.
ROAD_CLASSES = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified")


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
    edge_line : ndarray of object, shape (m,)
        shapely.LineString of each edge, degrees, EPSG:4326.
    snap_limit_m : int
        Farthest that a place may lie from a road of this network, metres.
    """

    source: NetworkSource
    node_lonlat: NDArray[np.float64]
    edge_from: NDArray[np.int64]
    edge_to: NDArray[np.int64]
    edge_ms: NDArray[np.int64]
    edge_mm: NDArray[np.int64]
    edge_class: NDArray[np.int64]
    edge_line: NDArray[np.object_]
    snap_limit_m: int = 150

    def __post_init__(self) -> None:
        if not len(self.edge_from):
            raise ValueError("edge_from must hold at least one edge, got 0")
        if self.edge_ms.min() < 0 or self.edge_mm.min() < 0:
            raise ValueError("edge_ms and edge_mm must be 0 or more")

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_lonlat)

    @property
    def num_edges(self) -> int:
        """Number of directed edges."""
        return len(self.edge_from)

    @cached_property
    def edge_line_m(self) -> NDArray[np.object_]:
        """The edges in metres, EPSG:25832, shape (m,)."""
        return shapely.transform(self.edge_line, lambda p: to_metres(p[:, 0], p[:, 1]))


def network_from_graph(
    graph: nx.MultiDiGraph[Any], source: NetworkSource, *, snap_limit_m: int = 150
) -> RoadNetwork:
    """Return the arrays of an OSMnx graph.

    Parameters
    ----------
    graph : MultiDiGraph
        Nodes with ``x`` and ``y`` (degrees), edges with ``length`` (m), ``travel_time`` (s),
        ``highway`` and, where they are not straight, ``geometry``.
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
    return RoadNetwork(
        source=source,
        node_lonlat=lonlat,
        edge_from=ends[:, 0],
        edge_to=ends[:, 1],
        edge_ms=np.array([round(d["travel_time"] * 1000) for d in data], dtype=np.int64),
        edge_mm=np.array([round(d["length"] * 1000) for d in data], dtype=np.int64),
        edge_class=np.array([_road_class(d["highway"]) for d in data], dtype=np.int64),
        edge_line=np.array(
            [
                d.get("geometry") or shapely.LineString(lonlat[pair])
                for d, pair in zip(data, ends, strict=True)
            ],
            dtype=np.object_,
        ),
        snap_limit_m=snap_limit_m,
    )


def _road_class(highway: str | list[str]) -> int:
    names = [highway] if isinstance(highway, str) else highway
    known = [name.removesuffix("_link") for name in names]
    return min(
        (ROAD_CLASSES.index(name) for name in known if name in ROAD_CLASSES),
        default=len(ROAD_CLASSES) - 1,
    )
