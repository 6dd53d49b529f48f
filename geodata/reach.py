"""How far people walk from a place in 5, 10 and 15 minutes, and who lives there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.homes import DemandCells
from geodata.walking import WalkNetwork

WALK_KPH = 4.8
M_PER_MINUTE = WALK_KPH * 1000 / 60
MINUTES = (5, 10, 15)

LonLat = Sequence[tuple[float, float]]


@dataclass(frozen=True, eq=False)
class Reach:
    """How far people walk from a place.

    Attributes
    ----------
    areas : tuple of Polygon or MultiPolygon
        One for each of `MINUTES`, each inside the next one, degrees, EPSG:4326.
    is_estimate : bool
        Whether it is a circle, because the ways on foot around the place are not known.
    """

    areas: tuple[Polygon | MultiPolygon, ...]
    is_estimate: bool


def build_reaches(lonlat: LonLat, walk: WalkNetwork | None) -> tuple[Reach, ...]:
    """Return how far people walk from each place, to be drawn.

    Parameters
    ----------
    lonlat : sequence of (lon, lat), p
        Places, degrees, EPSG:4326.
    walk : WalkNetwork or None
        None if the ways on foot are not known.
    """
    raise NotImplementedError


def walk_minutes(
    lonlat: LonLat, cells: DemandCells, walk: WalkNetwork | None
) -> NDArray[np.float64]:
    """Return how long people of each cell walk to each place.

    This is what counts for figures: ``cells.people[(minutes <= 15).any(axis=0)].sum()`` are the
    people within 15 minutes of any of the places, nobody counted twice.

    Parameters
    ----------
    lonlat : sequence of (lon, lat), p
        Places, degrees, EPSG:4326.
    cells : DemandCells, n
    walk : WalkNetwork or None
        None if the ways on foot are not known: then it is the straight line and a detour.

    Returns
    -------
    ndarray of float64, shape (p, n)
        Minutes, up to the last of `MINUTES`; infinity beyond it.
    """
    raise NotImplementedError


def is_estimated(lonlat: LonLat, walk: WalkNetwork | None) -> NDArray[np.bool_]:
    """Tell of which places the ways on foot are not known, shape (p,)."""
    raise NotImplementedError


def youth_inside(area: Polygon | MultiPolygon, cells: DemandCells) -> dict[str, float]:
    """Return the people who live inside an area, by municipality: an estimate.

    Parameters
    ----------
    area : Polygon or MultiPolygon
        Degrees, EPSG:4326.
    cells : DemandCells
        A cell that lies partly inside counts by its share.
    """
    raise NotImplementedError
