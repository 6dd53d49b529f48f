"""The two coordinate systems: degrees (EPSG:4326) in files, metres (EPSG:25832) to measure."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pyproj import Transformer

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
