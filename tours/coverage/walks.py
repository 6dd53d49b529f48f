"""Walking reach in the terms of coverage: who can walk to the places that were served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geodata.crs import to_lonlat
from geodata.homes import AREA, YOUTH, Homes, demand_cells
from geodata.places import Place
from geodata.reach import is_estimated, walk_minutes
from geodata.region import Region
from geodata.walking import WalkNetwork
from tours.coverage.accessibility import REACH_MINUTES, ZONES, access, best_reach, reached_people
from tours.coverage.periods import Period, blocks
from tours.coverage.report import AccessCell
from tours.visits.visit import Visit

# A place is regular if it was served on so many days in 4 weeks.
REGULAR_DAYS = 2


@dataclass(frozen=True, eq=False)
class Walks:
    """Where people live and how long they walk to the meeting places.

    Cells of one municipality that are in the same zone of every place are one group: all figures
    are the same for them, and there are thousands of cells.

    Attributes
    ----------
    places : tuple of str
        Ids, p.
    minutes : ndarray of float64, shape (p, g)
        Walk from each group to each place: the end of its zone, 5, 10 or 15; infinity beyond.
    people : ndarray of float64, shape (g,)
        Estimate of the young people in each group.
    ags : ndarray of str, shape (g,)
        Municipality of each group.
    cell_group : ndarray of int64, shape (n,)
        Group of each cell.
    cell_people : ndarray of float64, shape (n,)
    cell_lonlat : ndarray of float64, shape (n, 2)
        Degrees, EPSG:4326.
    is_estimate : bool
        Whether walking times are estimated, too.
    without_homes : frozenset of str
        Municipalities whose residential areas are not known: people are spread over all of it.
    counts_youth : bool
        Whether it is the young people who are counted; else everybody.
    retired : frozenset of str
        Places that are in use no more; they count for days on which they were.
    """

    places: tuple[str, ...]
    minutes: NDArray[np.float64]
    people: NDArray[np.float64]
    ags: NDArray[np.str_]
    cell_group: NDArray[np.int64]
    cell_people: NDArray[np.float64]
    cell_lonlat: NDArray[np.float64]
    is_estimate: bool = False
    without_homes: frozenset[str] = frozenset()
    counts_youth: bool = True
    retired: frozenset[str] = frozenset()
    _best: dict[tuple[frozenset[str], frozenset[str], int], float] = field(
        default_factory=dict, repr=False
    )

    def cells_of(self, scope: frozenset[str]) -> NDArray[np.bool_]:
        """Return which groups lie in some municipalities, shape (g,)."""
        found: NDArray[np.bool_] = np.isin(self.ags, sorted(scope))
        return found

    def regular(self, visits: Sequence[Visit], days: Period) -> NDArray[np.bool_]:
        """Return which places were served on two days or more, shape (p,)."""
        seen: dict[str, set[dt.date]] = {}
        for visit in visits:
            if days.holds(visit.date):
                seen.setdefault(visit.place, set()).add(visit.date)
        return np.array(
            [len(seen.get(place, ())) >= REGULAR_DAYS for place in self.places], dtype=np.bool_
        )

    def reach(
        self,
        visits: Sequence[Visit],
        days: Period,
        scope: frozenset[str],
        served: frozenset[str] = frozenset(),
    ) -> tuple[float, float] | None:
        """Return the share of people near a regular place, and the most that could be.

        Both are means over the spans of 4 weeks of the period. The most is what as many of all
        places could reach as reach somebody there now. None where nobody lives there.

        Parameters
        ----------
        visits : sequence of Visit
        days : Period
        scope : frozenset of str
            Keys of municipalities.
        served : frozenset of str
            Ids of the places that were in use in these days; retired ones of them count.
        """
        cells, closed = self.cells_of(scope), self.retired - served
        in_use = np.array([place not in closed for place in self.places], dtype=np.bool_)
        people, minutes = self.people[cells], self.minutes[np.ix_(in_use, cells)]
        total = float(people.sum())
        if total <= 0:
            return None
        near = (minutes <= REACH_MINUTES).any(axis=1)
        shares: list[tuple[float, float]] = []
        for block in blocks(days):
            regular = self.regular(visits, block)[in_use]
            number = int((regular & near).sum())
            key = (scope, closed, number)
            if key not in self._best:
                self._best[key] = best_reach(minutes, people, number)
            shares.append((reached_people(minutes, people, regular), self._best[key]))
        found, best = np.mean(shares, axis=0).tolist()
        return found / total, best / total

    def access(self, hours_a_week: dict[str, float]) -> NDArray[np.float64]:
        """Return the hours a week per person that each group can walk to, E2SFCA, shape (g,)."""
        supply = np.array([hours_a_week.get(place, 0.0) for place in self.places])
        return access(self.minutes, self.people, supply)

    def access_cells(
        self, found: NDArray[np.float64], regular: NDArray[np.bool_]
    ) -> tuple[AccessCell, ...]:
        """Return the cells that can walk to some service, for a map.

        Parameters
        ----------
        found : ndarray of float64, shape (g,)
            See `access`.
        regular : ndarray of bool, shape (p,)
            Places whose distance is told.
        """
        nearest = self.minutes[regular].min(axis=0, initial=np.inf)
        names = self.ags.tolist()
        lonlat = self.cell_lonlat.tolist()
        return tuple(
            AccessCell(
                lonlat[cell][0],
                lonlat[cell][1],
                names[group],
                float(self.cell_people[cell]),
                1000 * float(found[group]),
                float(nearest[group]) if np.isfinite(nearest[group]) else None,
            )
            for cell, group in enumerate(self.cell_group.tolist())
            if found[group] > 0
        )


def group_cells(
    places: Sequence[str],
    minutes: NDArray[np.float64],
    people: NDArray[np.float64],
    ags: NDArray[np.str_],
    lonlat: NDArray[np.float64],
    *,
    is_estimate: bool = False,
    without_homes: frozenset[str] = frozenset(),
    counts_youth: bool = True,
    retired: frozenset[str] = frozenset(),
) -> Walks:
    """Return walks from cells.

    Parameters
    ----------
    places : sequence of str, p
    minutes : ndarray of float64, shape (p, n)
        Walk from each cell to each place.
    people : ndarray of float64, shape (n,)
    ags : ndarray of str, shape (n,)
    lonlat : ndarray of float64, shape (n, 2)
    is_estimate, without_homes, counts_youth, retired
        See `Walks`.
    """
    shape = (len(places), len(people))
    if minutes.shape != shape:
        raise ValueError(f"minutes must have shape {shape}, got {minutes.shape}")
    limits = np.array([limit for limit, _weight in ZONES])
    zones = np.searchsorted(limits, minutes).astype(np.int16)
    names, codes = np.unique(ags, return_inverse=True)
    labels = np.vstack([codes.ravel().astype(np.int16), zones])
    groups, cell_group = np.unique(labels, axis=1, return_inverse=True)
    cell_group = cell_group.ravel()
    return Walks(
        places=tuple(places),
        minutes=np.append(limits, np.inf)[groups[1:]],
        people=np.bincount(cell_group, people, groups.shape[1]).astype(np.float64),
        ags=names[groups[0]],
        cell_group=cell_group,
        cell_people=people,
        cell_lonlat=lonlat,
        is_estimate=is_estimate,
        without_homes=without_homes,
        counts_youth=counts_youth,
        retired=retired,
    )


def build_walks(
    region: Region,
    places: Sequence[Place],
    ages: tuple[int, int],
    walk: WalkNetwork | None,
    homes: Homes | None,
    *,
    served: Collection[str] = (),
) -> Walks | None:
    """Return who walks how far to the places; None where it is not known where people live.

    Parameters
    ----------
    region : Region
    places : sequence of Place
        Those that a bus could serve.
    ages : tuple of int
    walk : WalkNetwork or None
        None for estimated walks.
    homes : ndarray of shapely polygons or None
        Residential areas.
    served : collection of str
        Ids of places that were ever served or announced: retired ones of them are kept, and
        others are left out.
    """
    offered = [place for place in places if place.status != "retired" or place.id in served]
    if not offered or homes is None:
        return None
    cells = demand_cells(region, ages, homes)
    if not len(cells.people):
        return None
    lonlat = [(place.lon, place.lat) for place in offered]
    without_homes = frozenset(ags for ags, over in cells.spread.items() if over == AREA)
    if without_homes >= cells.spread.keys():
        # Spread over woods and fields, hardly anybody would live near a place.
        return None
    return group_cells(
        [place.id for place in offered],
        walk_minutes(lonlat, cells, walk),
        cells.people,
        cells.ags,
        to_lonlat(cells.at_m[:, 0], cells.at_m[:, 1]),
        is_estimate=bool(is_estimated(lonlat, walk).any()),
        without_homes=without_homes,
        counts_youth=cells.who == YOUTH,
        retired=frozenset(place.id for place in offered if place.status == "retired"),
    )
