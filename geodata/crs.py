"""The two coordinate systems: degrees (EPSG:4326) in files, metres (EPSG:25832) to measure."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer
from shapely.geometry import MultiPolygon, Polygon

LONLAT = "EPSG:4326"
METRES = "EPSG:25832"

# Longitude and latitude of the corners of a line, degrees.
Coordinates = tuple[tuple[float, float], ...]


@lru_cache
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def to_metres(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Project degrees to metres.

    Parameters
    ----------
    lon, lat : array_like of float, shape (n,)
        Degrees, EPSG:4326.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Easting and northing in metres, EPSG:25832.
    """
    x, y = _transformer(LONLAT, METRES).transform(np.asarray(lon), np.asarray(lat))
    return np.column_stack([np.atleast_1d(x), np.atleast_1d(y)]).astype(np.float64)


def to_lonlat(x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
    """Project metres to degrees.

    Parameters
    ----------
    x, y : array_like of float, shape (n,)
        Metres, EPSG:25832.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Longitude and latitude in degrees, EPSG:4326.
    """
    lon, lat = _transformer(METRES, LONLAT).transform(np.asarray(x), np.asarray(y))
    return np.column_stack([np.atleast_1d(lon), np.atleast_1d(lat)]).astype(np.float64)


def area_of(parts: NDArray[np.object_]) -> Polygon | MultiPolygon:
    """Return the union of shapely polygons, at least one."""
    union = shapely.union_all(parts)
    if not isinstance(union, Polygon | MultiPolygon) or union.is_empty:
        raise ValueError(f"parts must be areas, got {union.geom_type}")
    return union


def shapes_in_metres(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Project shapely shapes to metres, EPSG:25832."""
    found: NDArray[np.object_] = shapely.transform(
        shapes, lambda points: to_metres(points[:, 0], points[:, 1])
    )
    return found


def shapes_in_degrees(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    """Project shapely shapes to degrees, EPSG:4326."""
    found: NDArray[np.object_] = shapely.transform(
        shapes, lambda points: to_lonlat(points[:, 0], points[:, 1])
    )
    return found
