"""Where young people live: an estimate, spread over residential areas."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon

from geodata.crs import shapes_in_metres
from geodata.region import Region

# Residential areas of a district: shapely polygons in degrees, EPSG:4326, shape (h,).
Homes = NDArray[np.object_]

# Who is counted: the ages of the service, or everybody where the age bands are not known.
YOUTH, PEOPLE = "youth", "people"
# Over what they are spread.
HOMES, AREA = "homes", "area"
# Side of a cell: a child crosses it in a minute.
CELL_M = 100.0
# Smaller slivers of cells count with the rest of their municipality.
LEAST_M2 = 1.0
# Where whole villages and small towns are drawn, 1,500 to 4,000 people share a square kilometre
# of residential area. Where far more would, most of the area is missing from the map.
MOST_PER_KM2 = 8_000


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
        keys, at = np.unique(self.ags, return_inverse=True)
        sums = np.bincount(at, weights=self.people, minlength=len(keys))
        return dict(zip(keys.tolist(), sums.tolist(), strict=True))


def homes_inside(shapes: Iterable[shapely.Geometry], district: Polygon | MultiPolygon) -> Homes:
    """Return the residential areas that touch a district.

    Parameters
    ----------
    shapes : iterable of shapely geometries
        Degrees, EPSG:4326; what is no area is left out, and what crosses itself is mended.
    district : Polygon or MultiPolygon

    Returns
    -------
    ndarray of Polygon, shape (h,)
        Each of one piece, in an order that does not depend on that of the shapes.
    """
    valid = shapely.make_valid(np.array(list(shapes), dtype=np.object_))
    # Areas of several pieces, and of those with lines between, fall apart twice.
    pieces = shapely.get_parts(shapely.get_parts(valid))
    pieces = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON]
    pieces = shapely.normalize(pieces[~shapely.is_empty(pieces)])
    shapely.prepare(district)
    pieces = pieces[shapely.intersects(district, pieces)]
    found: Homes = pieces[np.argsort(shapely.to_wkb(pieces), kind="stable")]
    return found


def demand_cells(
    region: Region, ages: tuple[int, int], homes: Homes | None = None, *, cell_m: float = CELL_M
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
    if not cell_m > 0:
        raise ValueError(f"cell_m must be above 0, got {cell_m}")
    known = np.zeros(0, dtype=np.object_) if homes is None else _in_metres(homes)
    tree = shapely.STRtree(known)
    spread: dict[str, str] = {}
    found: list[_Cut] = []
    for ags, municipality in region.municipalities.items():
        number = _number(region, ags, ages)
        if not number:
            continue
        boundary = _in_metres(np.array([municipality.boundary], dtype=np.object_))[0]
        near = known[np.sort(tree.query(boundary, predicate="intersects"))]
        # Where homes overlap nobody lives twice.
        lived_in = shapely.intersection(shapely.union_all(near), boundary)
        is_mapped = lived_in.area * MOST_PER_KM2 >= municipality.population * 1e6
        spread[ags] = HOMES if is_mapped and lived_in.area else AREA
        outline = _cut(lived_in if spread[ags] == HOMES else boundary, cell_m)
        area = shapely.area(outline)
        found.append(_Cut(ags, outline, number * area / area.sum()))
    outlines = np.concatenate([np.zeros(0, dtype=np.object_), *(cut.outline for cut in found)])
    return DemandCells(
        who=YOUTH if region.age_bands else PEOPLE,
        ags=np.repeat(
            np.array([cut.ags for cut in found], dtype="U8"), [len(cut.people) for cut in found]
        ),
        people=np.concatenate([np.zeros(0), *(cut.people for cut in found)]),
        at_m=_inner_points(outlines),
        outline_m=outlines,
        spread=spread,
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    """The cells of one municipality."""

    ags: str
    outline: NDArray[np.object_]
    people: NDArray[np.float64]


def _number(region: Region, ags: str, ages: tuple[int, int]) -> int:
    if region.age_bands:
        return region.estimated_youth(ags, ages) or 0
    return region.municipalities[ags].population


def _in_metres(shapes: NDArray[np.object_]) -> NDArray[np.object_]:
    # Lines that only touched can cross in metres, by fractions of a millimetre.
    return np.asarray(shapely.make_valid(shapes_in_metres(shapes)), dtype=np.object_)


def _cut(area: shapely.Geometry, cell_m: float) -> NDArray[np.object_]:
    """Return an area in pieces, each in one square of a grid that is the same everywhere."""
    parts = shapely.get_parts(shapely.get_parts(np.array([area], dtype=np.object_)))
    parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    west, south, east, north = (math.floor(e / cell_m) for e in shapely.total_bounds(parts))
    x, y = (
        axis.ravel() * cell_m
        for axis in np.meshgrid(np.arange(west, east + 1), np.arange(south, north + 1))
    )
    squares = shapely.box(x, y, x + cell_m, y + cell_m)
    part, square = shapely.STRtree(squares).query(parts, predicate="intersects")
    shapely.prepare(parts)
    pieces = squares[square]
    is_cut = ~shapely.contains_properly(parts[part], pieces)
    pieces[is_cut] = shapely.intersection(parts[part[is_cut]], pieces[is_cut])
    kept: NDArray[np.object_] = pieces[shapely.area(pieces) >= LEAST_M2]
    return kept if len(kept) else parts


def _inner_points(outlines: NDArray[np.object_]) -> NDArray[np.float64]:
    """Return a point inside each outline, its middle where that is one."""
    points = shapely.centroid(outlines)
    is_outside = ~shapely.intersects(outlines, points)
    points[is_outside] = shapely.point_on_surface(outlines[is_outside])
    return shapely.get_coordinates(points).reshape(-1, 2)
