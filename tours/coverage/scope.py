"""What rows of a report are about, and what all of them are reckoned from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geodata.region import Area
from tours.coverage.hiding import EVERYWHERE, Hiding, area_key
from tours.coverage.periods import Period, before, common
from tours.coverage.record import Record
from tours.coverage.settings import CoverageSettings
from tours.coverage.walks import Walks
from tours.visits.visit import MonthSum, Visit


@dataclass(frozen=True, slots=True)
class Scope:
    """What a row is about.

    Attributes
    ----------
    id, name, kind : str
    municipalities : frozenset of str
        Those that the service is responsible for.
    days, former : Period or None
        Days that count, up to today, and those of the period before; None if there are none.
    is_partial : bool
        Whether the area exists in a part of the period only.
    """

    id: str
    name: str
    kind: str
    municipalities: frozenset[str]
    days: Period | None
    former: Period | None
    is_partial: bool = False

    @property
    def where(self) -> str:
        """How its counts are named; see `tours.coverage.hiding`."""
        if self.kind == "district":
            return EVERYWHERE
        return self.id if self.kind == "municipality" else area_key(self.name)


@dataclass(frozen=True, eq=False)
class Reckoning:
    """Reckons the figures of one period.

    Attributes
    ----------
    record : Record
    settings : CoverageSettings
    walks : Walks or None
        None where there is no network to walk on.
    period : Period
    hiding : Hiding
    when : str
        As what `hiding` knows the period: ``period`` or ``year``.
    scatter : float
        Variance over mean of contacts.
    """

    record: Record
    settings: CoverageSettings
    walks: Walks | None
    period: Period
    hiding: Hiding
    when: str
    scatter: float

    @cached_property
    def seen(self) -> Period | None:
        """The days of the period that have been."""
        return common(self.period, None, self.record.today)

    @cached_property
    def former(self) -> Period:
        """The period before."""
        return before(self.period)

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """Keys of those that the service is responsible for and that are of any concern."""
        region, config = self.record.district.region, self.record.district.config
        placed = {place.ags for place in self.record.district.places}
        return tuple(
            ags
            for ags, one in region.municipalities.items()
            if ags not in config.not_served and (one.population or ags in placed)
        )

    def youth(self, scope: frozenset[str]) -> int | None:
        """Return the estimate of young people in some municipalities."""
        region, ages = self.record.district.region, self.record.district.config.ages
        found = [
            region.estimated_youth(ags, ages)
            for ags in sorted(scope)
            if region.municipalities[ags].population or not region.age_bands
        ]
        return None if None in found else sum(number or 0 for number in found)

    @cached_property
    def district_rate(self) -> float:
        """Service hours by young people of the district; 0 if it is not known."""
        if self.record.sums.is_cut(self.seen):
            return 0.0
        youth = self.youth(frozenset(self.municipalities))
        return self.record.counts(self.seen).hours / youth if youth else 0.0

    @cached_property
    def access(self) -> NDArray[np.float64] | None:
        """Hours a week per person of each group of cells, shape (g,); None without walks."""
        return self.access_in(self.seen)

    def access_in(self, days: Period | None) -> NDArray[np.float64] | None:
        """Return `access` of some of the days, such as those on which an area exists."""
        if self.walks is None or days is None:
            return None
        hours: dict[str, float] = {}
        counts = self.record.counts(days)
        some: list[Visit | MonthSum] = [*counts.visits, *counts.sums]
        for one in some:
            hours[one.place] = hours.get(one.place, 0) + one.dwell_s / 3600
        return self.walks.access({place: h / days.weeks for place, h in hours.items()})

    def municipality_scopes(self) -> list[Scope]:
        """Return a scope for each municipality; of those that others serve it is empty."""
        everything = frozenset(self.municipalities)
        return [
            Scope(ags, one.name, "municipality", frozenset((ags,)) & everything, *self._days)
            for ags, one in self.record.district.region.municipalities.items()
            if ags in everything | self.record.district.config.not_served
        ]

    def area_scopes(self) -> list[Scope]:
        """Return a scope for each area, in the days on which it exists."""
        return [self._area(area) for area in self.record.district.config.areas]

    def district_scope(self) -> Scope:
        """Return the scope of all municipalities that the service is responsible for."""
        config = self.record.district.config
        everything = frozenset(self.municipalities)
        return Scope(config.district_key, config.district_name, "district", everything, *self._days)

    @property
    def _days(self) -> tuple[Period | None, Period]:
        return self.seen, self.former

    def _area(self, area: Area) -> Scope:
        span = area.valid_from, area.valid_until
        days = self.seen and common(self.seen, *span)
        return Scope(
            area.name,
            area.name,
            area.kind,
            area.municipalities & frozenset(self.municipalities),
            days,
            common(self.former, *span),
            days != self.seen,
        )
