"""The ways on foot around the places of a district, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import area_of, shapes_in_degrees, shapes_in_metres, to_metres
from geodata.errors import NetworkError
from geodata.language import translator
from geodata.network import NetworkSource, corners_of
from geodata.waylines import UNITS

_ = translator("geodata")

# Ways are taken from so far around each place and stop: a walk of 15 minutes and a bit.
AROUND_M = 1_500.0


@dataclass(frozen=True, eq=False)
class WalkNetwork:
    """Ways that people on foot may use, in both directions whatever signs for cars say.

    Attributes
    ----------
    source : NetworkSource
    covered : Polygon or MultiPolygon
        Where all ways are known, degrees, EPSG:4326.
    node_lonlat : ndarray of float64, shape (n, 2)
        Degrees, EPSG:4326.
    edge_from, edge_to : ndarray of int64, shape (m,)
        Positions of the end nodes; each way is there once.
    edge_mm : ndarray of int64, shape (m,)
        Length, millimetres.
    line_lonlat : ndarray of float64, shape (k, 2)
        Corners of all edges, one edge after the other, degrees, EPSG:4326.
    line_start : ndarray of int64, shape (m + 1,)
        Where the corners of each edge start, at last k; an edge has two or more.
    """

    source: NetworkSource
    covered: Polygon | MultiPolygon
    node_lonlat: NDArray[np.float64]
    edge_from: NDArray[np.int64]
    edge_to: NDArray[np.int64]
    edge_mm: NDArray[np.int64]
    line_lonlat: NDArray[np.float64]
    line_start: NDArray[np.int64]

    def __post_init__(self) -> None:
        m = len(self.edge_from)
        if not m:
            raise ValueError("edge_from must hold at least one edge, got 0")
        if not m == len(self.edge_to) == len(self.edge_mm) == len(self.line_start) - 1:
            raise ValueError(f"edge_to, edge_mm and line_start must hold {m} edges")
        if self.line_start[0] or self.line_start[-1] != len(self.line_lonlat):
            raise ValueError(f"line_start must go from 0 to {len(self.line_lonlat)}")

    @property
    def num_nodes(self) -> int:
        """Number of nodes."""
        return len(self.node_lonlat)

    @property
    def num_edges(self) -> int:
        """Number of edges."""
        return len(self.edge_from)

    @cached_property
    def line_m(self) -> NDArray[np.float64]:
        """The corners of all edges in metres, EPSG:25832, shape (k, 2)."""
        return to_metres(self.line_lonlat[:, 0], self.line_lonlat[:, 1])

    @cached_property
    def edge_line_m(self) -> NDArray[np.object_]:
        """shapely.LineString of each edge in metres, EPSG:25832, shape (m,)."""
        edge = np.repeat(np.arange(self.num_edges), np.diff(self.line_start))
        return np.asarray(shapely.linestrings(self.line_m, indices=edge), dtype=np.object_)

    @cached_property
    def covered_m(self) -> Polygon | MultiPolygon:
        """Where all ways are known, metres, EPSG:25832."""
        return area_of(shapes_in_metres(shapely.get_parts(self.covered)))

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Finds the edges near a point, metres."""
        return shapely.STRtree(self.edge_line_m)


def walk_network(
    lines: NDArray[np.object_], source: NetworkSource, covered: Polygon | MultiPolygon
) -> WalkNetwork:
    """Return the network of lines that meet in their ends.

    Parameters
    ----------
    lines : ndarray of shapely.LineString, shape (m,)
        Degrees, EPSG:4326.
    source : NetworkSource
    covered : Polygon or MultiPolygon
        Degrees, EPSG:4326.

    Raises
    ------
    NetworkError
        If there is none.
    """
    if not len(lines):
        raise NetworkError(
            _("There are no ways on foot around the places of the district"),
            remedy=_("Take data that cover the district"),
        )
    corners, start = corners_of(lines)
    ends = np.concatenate([corners[start[:-1]], corners[start[1:] - 1]])
    grid = np.round(ends * UNITS).astype(np.int64)
    spots, node = np.unique(grid[:, 0] * 2**32 + grid[:, 1] + 2**31, return_inverse=True)
    at = np.zeros((len(spots), 2))
    at[node] = ends
    metres = to_metres(corners[:, 0], corners[:, 1])
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(metres, axis=0).T))])
    return WalkNetwork(
        source=source,
        covered=covered,
        node_lonlat=at,
        edge_from=node[: len(lines)],
        edge_to=node[len(lines) :],
        edge_mm=np.round((steps[start[1:] - 1] - steps[start[:-1]]) * 1000).astype(np.int64),
        line_lonlat=corners,
        line_start=start,
    )


def around_places(lonlat: Sequence[tuple[float, float]]) -> Polygon | MultiPolygon:
    """Return the area of which the ways on foot are needed: `AROUND_M` around places and stops.

    Parameters
    ----------
    lonlat : sequence of (lon, lat)
        At least one; degrees, EPSG:4326.

    Returns
    -------
    Polygon or MultiPolygon
        Degrees, EPSG:4326.
    """
    if not len(lonlat):
        raise ValueError("lonlat must hold at least one point, got 0")
    lon, lat = np.array(lonlat, dtype=np.float64).T
    circles = shapely.buffer(shapely.points(to_metres(lon, lat)), AROUND_M, quad_segs=8)
    return area_of(shapes_in_degrees(shapely.get_parts(shapely.union_all(circles))))
