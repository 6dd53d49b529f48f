"""What the log and the plans hold about some municipalities in some days, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from geodata.places import KINDS, Place
from tours.coverageperiods import Period
from tours.district import District
from tours.monthsums import MonthSums, month_of, sums_in, total_hours
from tours.outcomes import PUNCTUAL_S, Outcome, outcomes
from tours.plan import Plan
from tours.visits import MonthSum, Visit, announced_stops

LOGGED_WITHIN = dt.timedelta(hours=48)
HERE = ZoneInfo("Europe/Berlin")


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
        return self.now.astimezone(HERE).date()

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

    @property
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

    def tally(self, period: Period | None, scope: frozenset[str] | None = None) -> Tally:
        """Count what is about some municipalities in some days.

        Parameters
        ----------
        period : Period or None
            None for no day at all.
        scope : frozenset of str or None
            Keys; None for all, and for places whose municipality is not known, too.
        """

        def counts(place: str, date: dt.date) -> bool:
            return (
                period is not None
                and period.holds(date)
                and (scope is None or self.municipality(place) in scope)
            )

        return Tally(
            tuple(v for v in self.visits if counts(v.place, v.date)),
            tuple(o for o in self._outcomes if counts(o.place, o.date)),
            tuple(v for v in self.district.journal.visits if counts(v.place, v.date)),
            tuple(s for s in self.sums.within(period) if counts(s.place, s.month)),
            self,
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
        months = [month_of(one) for one in sums.sums if one.visits and one.month < before]
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


@dataclass(frozen=True, eq=False)
class Tally:
    """Counts about some municipalities in some days.

    Attributes
    ----------
    visits : tuple of Visit
        Those that took place.
    outcomes : tuple of Outcome
        Announced stops.
    logged : tuple of Visit
        All rows that stand, also about stops that did not take place.
    sums : tuple of MonthSum
        What is left of rows that were removed.
    record : Record
    """

    visits: tuple[Visit, ...]
    outcomes: tuple[Outcome, ...]
    logged: tuple[Visit, ...]
    sums: tuple[MonthSum, ...]
    record: Record

    @cached_property
    def places(self) -> frozenset[str]:
        """Ids of the places that were visited or announced."""
        found = {outcome.place for outcome in self.outcomes}
        return frozenset(found | {visit.place for visit in self.visits})

    @cached_property
    def hours(self) -> float:
        """Service hours."""
        return sum(visit.dwell_s for visit in self.visits) / 3600 + total_hours(self.sums)

    @cached_property
    def num_visits(self) -> int:
        """Visits that took place."""
        return len(self.visits) + sum(one.visits for one in self.sums)

    @cached_property
    def num_logged(self) -> int:
        """Rows that stand or stood, also about stops that did not take place."""
        return len(self.logged) + sum(one.visits + one.missed for one in self.sums)

    @cached_property
    def met(self) -> int:
        """Contacts."""
        return sum(v.met for v in self.visits) + sum(one.met for one in self.sums)

    @cached_property
    def new(self) -> int:
        """New contacts."""
        return sum(v.new for v in self.visits) + sum(one.new for one in self.sums)

    @cached_property
    def kept(self) -> int:
        """Announced stops that took place."""
        return sum(o.visit is not None and o.visit.took_place for o in self.outcomes)

    @cached_property
    def missed(self) -> int:
        """Announced stops that are logged as not having taken place."""
        return sum(o.visit is not None and not o.visit.took_place for o in self.outcomes)

    @cached_property
    def open(self) -> int:
        """Announced stops about which nothing is logged."""
        return sum(o.visit is None for o in self.outcomes)

    @cached_property
    def late(self) -> int:
        """Announced stops with an arrival that was not punctual."""
        return sum((o.late_s or 0) > PUNCTUAL_S for o in self.outcomes)

    @cached_property
    def as_planned(self) -> int:
        """Stops whose arrival is that of the plan to the minute: so it is if nobody enters one."""
        return sum(
            o.visit is not None
            and o.visit.took_place
            and o.visit.arrival_s // 60 == o.planned.arrival_s // 60
            for o in self.outcomes
        )

    @cached_property
    def in_time(self) -> tuple[int, int]:
        """Stops that were logged within 48 hours, and all that had to be."""
        ends = [
            (visit.date, visit.departure_s, self._logged_at(visit)) for visit in self.logged
        ] + [(o.date, o.planned.departure_s, None) for o in self.outcomes if o.visit is None]
        good = due = 0
        for date, end_s, logged_at in ends:
            limit = _moment(date, end_s) + LOGGED_WITHIN
            if logged_at is not None:
                due += 1
                good += logged_at <= limit
            elif limit < self.record.now:
                due += 1
        return good, due

    def _logged_at(self, visit: Visit) -> dt.datetime | None:
        return self.record.first_logged.get(visit.id, visit.logged_at)

    def days(self, place: str) -> set[dt.date]:
        """Return the days on which a place was visited."""
        return {visit.date for visit in self.visits if visit.place == place}


def _moment(date: dt.date, seconds: int) -> dt.datetime:
    """Return a local time of day as a moment."""
    midnight = dt.datetime.combine(date, dt.time())
    return (midnight + dt.timedelta(seconds=seconds)).replace(tzinfo=HERE).astimezone(dt.UTC)
