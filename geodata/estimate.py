"""The estimated network (Näherungsnetz): roads guessed from the stops of a district, metres.

Neighbouring stops are joined by straight lines. It stands in until real roads are loaded,
and whoever shows a time from it has to say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay, QhullError, cKDTree

from geodata.crs import to_metres
from geodata.errors import NetworkError
from geodata.language import translator
from geodata.network import NetworkSource, RoadNetwork, network_from_graph
from geodata.region import BusStop, Region

_ = translator("geodata")

MERGE_M = 150
MAX_EDGE_M = 12_000
# A place need not lie at a stop, and the lines between stops are not where the roads are.
SNAP_LIMIT_M = 3_000
# Roads between stops of three rural districts are 1.36, 1.29 and 1.42 times the straight line,
# and in two OpenStreetMap extracts 1.28 (Liechtenstein) and 1.39 (north of Bayreuth). A path in
# this graph is by itself longer than the straight line, so each edge is stretched only by what
# is left.
ROAD_CIRCUITY = 1.36
PATH_DETOUR = 1.16
# Along real roads the bus does 48 and 50 km/h between the stops of these two extracts, by the
# speeds of this package. At 50, times here are 0.99 and 0.91 of those, in the middle.
SPEED_KPH = 50.0
# Error of a travel time between stops of the two: medians of 14 and 16 %, 90th percentiles of
# 42 and 43 %. In the three districts it was 8, 14 and 15 %, and 23, 44 and 37 %, after scaling.
ERROR_MEDIAN = 0.15
ERROR_P90 = 0.45


def estimated_network(region: Region) -> RoadNetwork:
    """Return the estimated road network of a district.

    Raises
    ------
    NetworkError
        If the district has too few stops.
    """
    return network_from_graph(
        estimated_graph(region.stops),
        NetworkSource(
            kind="estimate",
            date="",
            attribution=region.attribution,
            error_median=ERROR_MEDIAN,
            error_p90=ERROR_P90,
        ),
        snap_limit_m=SNAP_LIMIT_M,
    )


def estimated_graph(stops: Sequence[BusStop]) -> nx.MultiDiGraph[Any]:
    """Return a graph of OSMnx's shape over the stops, each line in both directions.

    Raises
    ------
    NetworkError
        If fewer than three stops lie apart, or all on one line.
    """
    merged = _merge(stops)
    if len(merged) < 3:
        raise NetworkError(
            _("The district has {number} stops; an estimated road network needs three").format(
                number=len(merged)
            ),
            remedy=_("Add stops to stops.csv, or load real roads"),
        )
    points = to_metres([s.lon for s in merged], [s.lat for s in merged])
    try:
        edges = gabriel_edges(points)
    except QhullError as error:
        raise NetworkError(
            _("All stops of the district lie on one line; no road network can be estimated"),
            remedy=_("Add stops to stops.csv, or load real roads"),
        ) from error
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph(crs="epsg:4326", simplified=True)
    for i, stop in enumerate(merged):
        graph.add_node(i, x=stop.lon, y=stop.lat, ref=stop.id)
    for i, j in _connected(points, edges):
        length = float(np.hypot(*(points[i] - points[j]))) * ROAD_CIRCUITY / PATH_DETOUR
        for u, v in ((i, j), (j, i)):
            graph.add_edge(
                u,
                v,
                osmid=0,
                highway="unclassified",
                oneway=False,
                reversed=u > v,
                length=length,
                speed_kph=SPEED_KPH,
                travel_time=length / SPEED_KPH * 3.6,
            )
    return graph


def _merge(stops: Sequence[BusStop]) -> list[BusStop]:
    """Keep one stop, stations first, of those within `MERGE_M` of it."""
    order = sorted(stops, key=lambda s: (not s.is_rail, s.id))
    if not order:
        return []
    tree = cKDTree(to_metres([s.lon for s in order], [s.lat for s in order]))
    taken = np.zeros(len(order), dtype=bool)
    kept: list[BusStop] = []
    for i, stop in enumerate(order):
        if not taken[i]:
            kept.append(stop)
            taken[tree.query_ball_point(tree.data[i], MERGE_M)] = True
    return kept


def gabriel_edges(points: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the edges of the Gabriel graph, sorted.

    Two points are joined if no other lies inside the circle over their connection
    (Gabriel and Sokal 1969).

    Parameters
    ----------
    points : ndarray of float64, shape (n, 2)
        Metres, n at least 3, not all on one line.
    """
    triangles = Delaunay(points).simplices
    pairs = np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [0, 2]]])
    pairs = np.unique(np.sort(pairs, axis=1), axis=0)
    middle = (points[pairs[:, 0]] + points[pairs[:, 1]]) / 2
    radius = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T) / 2
    nearest, _index = cKDTree(points).query(middle)
    return [(int(i), int(j)) for i, j in pairs[nearest >= radius * (1 - 1e-9)]]


def _connected(
    points: NDArray[np.float64], edges: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Leave long edges out, but for those of the minimum spanning tree."""
    pairs = np.array(edges)
    length = np.hypot(*(points[pairs[:, 0]] - points[pairs[:, 1]]).T)
    n = len(points)
    tree = minimum_spanning_tree(coo_array((length, (pairs[:, 0], pairs[:, 1])), (n, n)).tocsr())
    spanning = {(int(i), int(j)) for i, j in zip(*tree.nonzero(), strict=True)}
    return [
        edge
        for edge, metres in zip(edges, length, strict=True)
        if metres <= MAX_EDGE_M or edge in spanning
    ]
