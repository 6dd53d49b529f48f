"""The area whose roads a district needs: with a margin, for the fastest way may leave it."""

from __future__ import annotations

import shapely
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import to_lonlat, to_metres

# An outline need not be right to the metre, and its corners cost time.
OUTLINE_M = 150


def surroundings(area: Polygon | MultiPolygon, margin_m: float) -> Polygon | MultiPolygon:
    """Return an area with a margin around it.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    margin_m : float
        0 or more; what is returned reaches up to `OUTLINE_M` further.

    Returns
    -------
    Polygon or MultiPolygon
        Degrees, EPSG:4326.
    """
    if margin_m < 0:
        raise ValueError(f"margin_m must be 0 or more, got {margin_m}")
    metres = shapely.transform(area, lambda p: to_metres(p[:, 0], p[:, 1]))
    wide = shapely.simplify(shapely.buffer(metres, margin_m + OUTLINE_M), OUTLINE_M)
    result = shapely.transform(wide, lambda p: to_lonlat(p[:, 0], p[:, 1]))
    if not isinstance(result, Polygon | MultiPolygon):
        raise ValueError(f"area must be a polygon, got {area.geom_type}")
    return result
