"""Where young people live: an estimate, spread over residential areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.region import Region

# Residential areas of a district: shapely polygons in degrees, EPSG:4326, shape (h,).
Homes = NDArray[np.object_]

# Who is counted: the ages of the service, or everybody where the age bands are not known.
YOUTH, PEOPLE = "youth", "people"
# Over what they are spread.
HOMES, AREA = "homes", "area"


@dataclass(frozen=True, eq=False)
class DemandCells:
    """Where young people live, in cells. All of it is an estimate and has to be called one.

    Attributes
    ----------
    who : str
        `YOUTH`, or `PEOPLE` where the age bands of the district are not known.
    ags : ndarray of str, shape (n,)
        Municipality of each cell.
    people : ndarray of float64, shape (n,)
        Persons in each cell; the cells of a municipality add up to its number.
    at_m : ndarray of float64, shape (n, 2)
        A point inside each cell, metres, EPSG:25832.
    outline_m : ndarray of shapely polygons, shape (n,)
        Metres, EPSG:25832; no two overlap.
    spread : Mapping of str to str
        By municipality: `HOMES`, or `AREA` where no residential area is known. Municipalities
        whose number of people is not known, or 0, are not in it and have no cells.
    """

    who: str
    ags: NDArray[np.str_]
    people: NDArray[np.float64]
    at_m: NDArray[np.float64]
    outline_m: NDArray[np.object_]
    spread: Mapping[str, str]

    def totals(self) -> dict[str, float]:
        """Return the persons of each municipality that has cells."""
        raise NotImplementedError


def demand_cells(
    region: Region, ages: tuple[int, int], homes: Homes | None = None, *, cell_m: float = 100
) -> DemandCells:
    """Return where the young people of a district live.

    Each municipality's number is spread evenly over its residential areas; where it has none,
    over all of it.

    Parameters
    ----------
    region : Region
    ages : tuple of int
        First and last age.
    homes : ndarray of shapely polygons or None
        Residential areas, degrees, EPSG:4326; they may overlap. None if they are not known.
    cell_m : float
        Side of the squares into which they are cut, metres.
    """
    raise NotImplementedError
