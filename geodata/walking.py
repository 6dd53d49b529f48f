"""The ways on foot around the places of a district, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.network import NetworkSource


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
