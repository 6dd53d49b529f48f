"""Who lives within a walk of some places: estimates per place, per municipality and in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geodata.homes import AREA, DemandCells
from geodata.reach import MINUTES, is_estimated, walk_minutes
from geodata.travel import Point
from geodata.walking import WalkNetwork

# Persons within each of `geodata.reach.MINUTES`: estimates, therefore not whole.
Within = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """Who lives within a walk of one place.

    Attributes
    ----------
    point : Point
    ags : str
        Municipality of the place.
    within : tuple of float
        Persons, wherever they live.
    own : float or None
        Share of the people of its municipality who live within the longest walk; None where
        their number is not known.
    is_circle : bool
        Whether the ways on foot around it are not known.
    """

    point: Point
    ags: str
    within: Within
    own: float | None
    is_circle: bool


@dataclass(frozen=True, slots=True)
class MunicipalityFigures:
    """Who of a municipality lives within a walk of any of the places.

    Attributes
    ----------
    people : float
    within : tuple of float
        Nobody counted twice.
    is_by_area : bool
        Whether its people are spread over all of it, since no residential area is known.
    """

    people: float
    within: Within
    is_by_area: bool


@dataclass(frozen=True, slots=True)
class ReachFigures:
    """Who lives within a walk of some places.

    Attributes
    ----------
    who : str
        See `geodata.homes.DemandCells`.
    places : tuple of PlaceFigures
    municipalities : Mapping of str to MunicipalityFigures
        All whose number of people is known, by key.
    people : float
        Of the district.
    within : tuple of float
        Within a walk of any of the places, nobody counted twice.
    """

    who: str
    places: tuple[PlaceFigures, ...]
    municipalities: Mapping[str, MunicipalityFigures]
    people: float
    within: Within

    @property
    def num_circles(self) -> int:
        """Number of places around which the ways on foot are not known."""
        return sum(place.is_circle for place in self.places)


def reach_figures(
    points: Sequence[Point], keys: Sequence[str], cells: DemandCells, walk: WalkNetwork | None
) -> ReachFigures:
    """Return who lives within a walk of some places.

    Parameters
    ----------
    points : sequence of Point
        At least one.
    keys : sequence of str
        Municipality of each.
    cells : DemandCells
    walk : WalkNetwork or None
        None if the ways on foot are not known.
    """
    if not points:
        raise ValueError("points must hold at least one place, got 0")
    lonlat = [(point.lon, point.lat) for point in points]
    minutes = walk_minutes(lonlat, cells, walk)
    circles = is_estimated(lonlat, walk).tolist()
    totals = cells.totals()
    found = []
    for point, ags, row, is_circle in zip(points, keys, minutes, circles, strict=True):
        people = totals.get(ags)
        at_home = _within(row, cells.people * (cells.ags == ags))[-1]
        share = at_home / people if people else None
        found.append(PlaceFigures(point, ags, _within(row, cells.people), share, is_circle))
    nearest = minutes.min(axis=0)
    return ReachFigures(
        who=cells.who,
        places=tuple(found),
        municipalities={
            ags: MunicipalityFigures(
                people,
                _within(nearest, cells.people * (cells.ags == ags)),
                cells.spread[ags] == AREA,
            )
            for ags, people in totals.items()
        },
        people=float(cells.people.sum()),
        within=_within(nearest, cells.people),
    )


def _within(minutes: NDArray[np.float64], people: NDArray[np.float64]) -> Within:
    return tuple(float(people[minutes <= limit].sum()) for limit in MINUTES)
