"""All that coverage is reckoned from: the log, what is left of removed visits, and the plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from geodata.places import KINDS, Place
from tours.coverage.counts import Counts
from tours.coverage.monthsums import MonthSums, days_of, sums_in
from tours.coverage.periods import Period
from tours.district import District
from tours.localtime import ZONE
from tours.plan import Plan
from tours.visits.outcomes import Outcome, outcomes
from tours.visits.visit import MonthSum, Visit, announced_stops


@dataclass(frozen=True, eq=False)
class Record:
    """All that coverage is reckoned from.

    Attributes
    ----------
    district : District
    plans : tuple of Plan
    now : datetime
        UTC; what is later has not been yet.
    first_logged : Mapping of int to datetime
        When each visit was first written down, by its id, UTC; a correction is no delay.
    """

    district: District
    plans: tuple[Plan, ...]
    now: dt.datetime
    first_logged: Mapping[int, dt.datetime] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        """The day of `now`, local time."""
        return self.now.astimezone(ZONE).date()

    @cached_property
    def ags_of(self) -> dict[str, str]:
        """The municipality of each place, of those no longer in places.csv by the plans."""
        found = {
            stop.place_id: stop.ags
            for plan in self.plans
            for tour in plan.tours
            for stop in tour.stops
            if not stop.is_appointment
        }
        return found | {place.id: place.ags for place in self.district.places}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Those of places.csv, and of those no longer there what the plans tell, as retired."""
        known = {place.id for place in self.district.places}
        gone = {
            stop.place_id: Place(
                id=stop.place_id,
                name=stop.name,
                kind=stop.kind if stop.kind in KINDS else "other",
                lon=stop.lon,
                lat=stop.lat,
                ags=stop.ags,
                status="retired",
            )
            for _date, stop, _planned in announced_stops(self.plans)
            if stop.place_id not in known
        }
        return (*self.district.places, *gone.values())

    @cached_property
    def served_places(self) -> frozenset[str]:
        """Ids of the places that were ever visited or announced."""
        announced = {stop.place_id for _date, stop, _planned in announced_stops(self.plans)}
        visited = {visit.place for visit in self.visits} | {one.place for one in self.sums.sums}
        return frozenset(announced | visited)

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """The visits that took place, in order."""
        return tuple(v for v in self.district.journal.visits if v.took_place)

    @cached_property
    def first_day(self) -> dt.date | None:
        """The first day that anything is logged for; None for an empty log.

        Of visits that were removed only the month is known.
        """
        journal = self.district.journal
        days = (*(v.date for v in journal.visits), *(one.month for one in journal.sums))
        return min(days, default=None)

    @cached_property
    def sums(self) -> MonthSums:
        """What is left of visits that were removed."""
        return sums_in(self.district.journal)

    @cached_property
    def begins_in_month(self) -> bool:
        """Whether only the month is known in which the log begins."""
        return any(one.month == self.first_day for one in self.sums.sums)

    def municipality(self, place: str) -> str:
        """Return the key of the municipality of a place; empty if it is not known."""
        return self.ags_of.get(place, "")

    @cached_property
    def _outcomes(self) -> tuple[Outcome, ...]:
        # Whatever was announced before the log begins, or was removed from it, nobody can log.
        first = max(self.first_day or self.today, self.sums.before or dt.date.min)
        return outcomes(self.plans, self.district.journal.visits, first, self.today)

    def counts(self, period: Period | None, scope: frozenset[str] | None = None) -> Counts:
        """Count what is about some municipalities in some days.

        Parameters
        ----------
        period : Period or None
            None for no day at all.
        scope : frozenset of str or None
            Keys; None for all, and for places whose municipality is not known, too.
        """

        def is_meant(place: str, date: dt.date) -> bool:
            return (
                period is not None
                and period.holds(date)
                and (scope is None or self.municipality(place) in scope)
            )

        return Counts(
            tuple(v for v in self.visits if is_meant(v.place, v.date)),
            tuple(o for o in self._outcomes if is_meant(o.place, o.date)),
            tuple(v for v in self.district.journal.visits if is_meant(v.place, v.date)),
            tuple(s for s in self.sums.within(period) if is_meant(s.place, s.month)),
            self.now,
            self.first_logged,
        )

    @cached_property
    def _by_municipality(self) -> dict[str, list[Visit]]:
        found: dict[str, list[Visit]] = {}
        for visit in self.visits:
            found.setdefault(self.municipality(visit.place), []).append(visit)
        return found

    @cached_property
    def _sums_by_municipality(self) -> dict[str, MonthSums]:
        found: dict[str, list[MonthSum]] = {}
        for one in self.sums.sums:
            found.setdefault(self.municipality(one.place), []).append(one)
        return {ags: MonthSums(tuple(some), self.sums.before) for ags, some in found.items()}

    def persons(self, period: Period | None, scope: frozenset[str]) -> tuple[int, int]:
        """Return contacts, and how many of them were new.

        Parameters
        ----------
        period : Period or None
        scope : frozenset of str
            Keys; the empty one stands for places whose municipality is not known.
        """
        visits = [
            visit
            for ags in scope
            for visit in self._by_municipality.get(ags, ())
            if period is not None and period.holds(visit.date)
        ]
        sums = [
            one
            for ags, part in self._sums_by_municipality.items()
            if ags in scope
            for one in part.within(period)
        ]
        some: list[Visit | MonthSum] = [*visits, *sums]
        return sum(one.met for one in some), sum(one.new for one in some)

    def last_visit(self, before: dt.date, ags: str) -> tuple[dt.date, dt.date] | None:
        """Return between which days the last visit of a municipality before a day was.

        They are the same where its row is there. None if there was no visit.
        """
        days = [v.date for v in self._by_municipality.get(ags, ()) if v.date < before]
        if days:
            return max(days), max(days)
        sums = self._sums_by_municipality.get(ags, MonthSums())
        months = [days_of(one) for one in sums.sums if one.visits and one.month < before]
        end = self.sums.before
        if not months or end is None:
            return None
        last = max(months, key=lambda month: month.first)
        return last.first, min(last.last, end - dt.timedelta(days=1))

    @cached_property
    def _last_use(self) -> dict[str, dt.date]:
        """The last day of each municipality without a place in use on which one was served."""
        closed = {place.id for place in self.places if place.status == "retired"}
        found: dict[str, dt.date] = {}
        some = [(date, stop.place_id) for date, stop, _planned in announced_stops(self.plans)]
        for date, place in (*some, *((visit.date, visit.place) for visit in self.visits)):
            ags = self.municipality(place)
            if place in closed:
                found[ags] = max(found.get(ags, date), date)
        return found

    def used_until(self, ags: str) -> dt.date | None:
        """Return up to which day a municipality had a meeting place in use.

        The last day there is for one that has. When a place was retired is not known: up to the
        last visit of one, or the last stop announced for one, it was in use. None if none was.
        """
        if any(place.ags == ags and place.status != "retired" for place in self.district.places):
            return dt.date.max
        return self._last_use.get(ags)
