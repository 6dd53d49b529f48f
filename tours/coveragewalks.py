"""Walking reach in the terms of coverage: who can walk to the places that were served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tours.accessibility import REACH_MINUTES, access, best_reach, reached_people
from tours.coverage import AccessCell, Period
from tours.coverageperiods import blocks
from tours.visits import Visit

# A place is regular if it was served on so many days in 4 weeks.
REGULAR_DAYS = 2


@dataclass(frozen=True, eq=False)
class Walks:
    """Where people live and how long they walk to the meeting places.

    Attributes
    ----------
    places : tuple of str
        Ids, p.
    minutes : ndarray of float64, shape (p, n)
        Walk from each cell to each place; infinity beyond 15 minutes.
    people : ndarray of float64, shape (n,)
        Estimate of the young people in each cell.
    ags : ndarray of str, shape (n,)
        Municipality of each cell.
    lonlat : ndarray of float64, shape (n, 2)
        Degrees, EPSG:4326.
    is_estimate : bool
        Whether walking times are estimated, too.
    counts_youth : bool
        Whether it is the young people who are counted; else everybody.
    """

    places: tuple[str, ...]
    minutes: NDArray[np.float64]
    people: NDArray[np.float64]
    ags: NDArray[np.str_]
    lonlat: NDArray[np.float64]
    is_estimate: bool
    counts_youth: bool = True
    _best: dict[tuple[frozenset[str], int], float] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        shape = (len(self.places), len(self.people))
        if self.minutes.shape != shape:
            raise ValueError(f"minutes must have shape {shape}, got {self.minutes.shape}")

    def cells_of(self, scope: frozenset[str]) -> NDArray[np.bool_]:
        """Return which cells lie in some municipalities, shape (n,)."""
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
        self, visits: Sequence[Visit], days: Period, scope: frozenset[str]
    ) -> tuple[float, float] | None:
        """Return the share of people near a regular place, and the most that could be.

        Both are means over the spans of 4 weeks of the period. The most is what as many of all
        places could reach as reach somebody there now. None where nobody lives there.
        """
        cells = self.cells_of(scope)
        people, minutes = self.people[cells], self.minutes[:, cells]
        total = float(people.sum())
        if total <= 0:
            return None
        near = (minutes <= REACH_MINUTES).any(axis=1)
        shares: list[tuple[float, float]] = []
        for block in blocks(days):
            regular = self.regular(visits, block)
            number = int((regular & near).sum())
            key = (scope, number)
            if key not in self._best:
                self._best[key] = best_reach(minutes, people, number)
            shares.append((reached_people(minutes, people, regular), self._best[key]))
        found, best = np.mean(shares, axis=0).tolist()
        return found / total, best / total

    def access(self, hours_a_week: dict[str, float]) -> NDArray[np.float64]:
        """Return the hours a week per person that each cell can walk to, E2SFCA, shape (n,)."""
        supply = np.array([hours_a_week.get(place, 0.0) for place in self.places])
        return access(self.minutes, self.people, supply)

    def access_cells(
        self, found: NDArray[np.float64], regular: NDArray[np.bool_]
    ) -> tuple[AccessCell, ...]:
        """Return the cells with people, for a map.

        Parameters
        ----------
        found : ndarray of float64, shape (n,)
            See `access`.
        regular : ndarray of bool, shape (p,)
            Places whose distance is told.
        """
        nearest = self.minutes[regular].min(axis=0, initial=np.inf)
        return tuple(
            AccessCell(lon, lat, ags, people, 1000 * value, walk if np.isfinite(walk) else None)
            for (lon, lat), ags, people, value, walk in zip(
                self.lonlat.tolist(),
                self.ags.tolist(),
                self.people.tolist(),
                found.tolist(),
                nearest.tolist(),
                strict=True,
            )
            if people > 0
        )
