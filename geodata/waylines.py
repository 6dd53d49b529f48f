"""Lines between junctions, out of ways as they are drawn."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import to_metres

# OpenStreetMap has positions in ten-millionths of a degree; corners in one spot are one.
UNITS = 10_000_000
# Ways that are joined with nothing else, in all shorter than this, lead nowhere: a platform, a
# path around a playing field.
FRAGMENT_M = 1_000.0

Ints = NDArray[np.int64]


def join_ways(
    corners: NDArray[np.float64], way: Ints, area: Polygon | MultiPolygon
) -> NDArray[np.object_]:
    """Return the lines between the junctions of ways.

    A junction is where ways meet in a corner, an end, or where the area ends.

    Parameters
    ----------
    corners : ndarray of float64, shape (k, 2)
        Of all ways, degrees, EPSG:4326.
    way : ndarray of int64, shape (k,)
        The way of each corner; those of a way stand together and in order.
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326. Stretches that do not lie in it with both ends are left out.

    Returns
    -------
    ndarray of shapely.LineString, shape (m,)
        Degrees, EPSG:4326, in an order that does not depend on that of the ways.
    """
    shapely.prepare(area)
    is_inside = shapely.intersects_xy(area, corners[:, 0], corners[:, 1])
    grid = np.round(corners * UNITS).astype(np.int64)
    # One number for each spot, by longitude and then latitude.
    spots, spot = np.unique(grid[:, 0] * 2**32 + grid[:, 1] + 2**31, return_inverse=True)
    at = np.zeros((len(spots), 2))
    at[spot] = corners
    is_stretch = (way[:-1] == way[1:]) & is_inside[:-1] & is_inside[1:] & (spot[:-1] != spot[1:])
    ends = np.sort(np.column_stack([spot[:-1], spot[1:]])[is_stretch], axis=1)
    ends = _without_fragments(np.unique(ends, axis=0), at)
    chains = _chains(ends, len(spots))
    if not chains:
        return np.zeros(0, dtype=np.object_)
    line = np.repeat(np.arange(len(chains)), [len(chain) for chain in chains])
    corners = at[np.concatenate(chains)]
    return np.asarray(shapely.linestrings(corners, indices=line), dtype=np.object_)


def _without_fragments(ends: Ints, at: NDArray[np.float64]) -> Ints:
    if not len(ends):
        return ends
    graph = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(len(at), len(at)))
    part = connected_components(graph, directed=False)[1][ends[:, 0]]
    metres = to_metres(at[:, 0], at[:, 1])
    steps = np.hypot(*(metres[ends[:, 0]] - metres[ends[:, 1]]).T)
    kept: Ints = ends[np.bincount(part, weights=steps)[part] >= FRAGMENT_M]
    return kept


def _chains(ends: Ints, num_spots: int) -> list[list[int]]:
    """Return the spots along each line between two junctions, each line once."""
    both = np.concatenate([ends, ends[:, ::-1]])
    both = both[np.lexsort((both[:, 1], both[:, 0]))]
    first = np.searchsorted(both[:, 0], np.arange(num_spots + 1)).tolist()
    near = both[:, 1].tolist()
    is_used = [False] * len(near)

    def go(start: int, arc: int) -> list[int]:
        """Follow an arc to the next junction, or round to where it started."""
        chain, here = [start], start
        while True:
            there = near[arc]
            is_used[arc] = True
            back = next(a for a in range(first[there], first[there + 1]) if near[a] == here)
            is_used[back] = True
            chain.append(there)
            if there == start or first[there + 1] - first[there] != 2:
                return chain
            here = there
            arc = first[there] + (back == first[there])

    chains: list[list[int]] = []
    degree = np.diff(first)
    # Rings without a junction come last, from their first spot on.
    for spot in [*np.flatnonzero((degree > 0) & (degree != 2)), *np.flatnonzero(degree == 2)]:
        for arc in range(first[spot], first[spot + 1]):
            if not is_used[arc]:
                chains.append(go(int(spot), arc))
    return chains
