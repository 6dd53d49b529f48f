"""Distances on foot: from points beside the ways to everywhere within a limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

from geodata.walking import WalkNetwork

# So many searches share one array of distances.
AT_ONCE = 16

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Footing:
    """Where points stand beside the ways.

    Attributes
    ----------
    edge : ndarray of int64, shape (p,)
        The nearest way; of equally near ones the first.
    along_m : ndarray of float64, shape (p,)
        How far along it, from its start.
    off_m : ndarray of float64, shape (p,)
        How far beside it, in a straight line.
    """

    edge: Ints
    along_m: Floats
    off_m: Floats


def find_footing(walk: WalkNetwork, at_m: Floats) -> Footing:
    """Return where points stand beside the ways, however far they are.

    Parameters
    ----------
    walk : WalkNetwork
    at_m : ndarray of float64, shape (p, 2)
        Metres, EPSG:25832.
    """
    points = np.asarray(shapely.points(at_m), dtype=np.object_)
    (point, edge), away = walk.tree.query_nearest(points, return_distance=True)
    order = np.lexsort((edge, point))
    first = order[np.searchsorted(point[order], np.arange(len(points)))]
    nearest = edge[first].astype(np.int64)
    along = shapely.line_locate_point(walk.edge_line_m[nearest], points)
    return Footing(nearest, along.astype(np.float64), away[first].astype(np.float64))


def search_on_foot(walk: WalkNetwork, start: Footing, limit_m: float) -> Iterator[Floats]:
    """Return for each point how far the nodes are on foot.

    Parameters
    ----------
    walk : WalkNetwork
    start : Footing, p
    limit_m : float

    Yields
    ------
    ndarray of float64, shape (n,)
        Metres; infinity beyond the limit.
    """
    n, num_starts = walk.num_nodes, len(start.edge)
    length = walk.edge_mm / 1000
    tail, head, metres = _ways(walk, length)
    own = n + np.arange(num_starts)
    ends = np.concatenate([walk.edge_from[start.edge], walk.edge_to[start.edge]])
    there = np.concatenate([start.along_m, length[start.edge] - start.along_m])
    # Each point is a node of its own that nobody comes by; a ring ends where it starts.
    tail = np.concatenate([tail, own, own])
    head = np.concatenate([head, ends])
    metres = np.concatenate([metres, np.maximum(there, 0) + np.tile(start.off_m, 2)])
    tail, head, metres = _shortest(tail, head, metres)
    graph = coo_array((metres, (tail, head)), shape=(n + num_starts, n + num_starts)).tocsr()
    for first in range(0, num_starts, AT_ONCE):
        found = dijkstra(graph, indices=own[first : first + AT_ONCE], limit=limit_m)
        yield from found[:, :n]


def _ways(walk: WalkNetwork, length: Floats) -> tuple[Ints, Ints, Floats]:
    both = np.concatenate([walk.edge_from, walk.edge_to])
    return both, np.roll(both, walk.num_edges), np.tile(length, 2)


def _shortest(tail: Ints, head: Ints, metres: Floats) -> tuple[Ints, Ints, Floats]:
    """Return of the ways between the same two nodes the shortest one, as a matrix has it."""
    order = np.lexsort((metres, head, tail))
    tail, head, metres = tail[order], head[order], metres[order]
    is_first = np.ones(len(tail), dtype=bool)
    is_first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    # A way of no length would be none in a matrix.
    return tail[is_first], head[is_first], np.maximum(metres[is_first], 1e-6)
