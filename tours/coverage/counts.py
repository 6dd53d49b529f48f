"""What the log and the plans hold about some municipalities in some days, counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from tours.coverage.monthsums import total_hours
from tours.localtime import moment
from tours.visits.outcomes import PUNCTUAL_S, Outcome
from tours.visits.visit import MonthSum, Visit

LOGGED_WITHIN = dt.timedelta(hours=48)


@dataclass(frozen=True, eq=False)
class Counts:
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
    now : datetime
        UTC; what is later has not been yet.
    first_logged : Mapping of int to datetime
        When each visit was first written down, by its id, UTC.
    """

    visits: tuple[Visit, ...]
    outcomes: tuple[Outcome, ...]
    logged: tuple[Visit, ...]
    sums: tuple[MonthSum, ...]
    now: dt.datetime
    first_logged: Mapping[int, dt.datetime]

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
            limit = moment(date, end_s).astimezone(dt.UTC) + LOGGED_WITHIN
            if logged_at is not None:
                due += 1
                good += logged_at <= limit
            elif limit < self.now:
                due += 1
        return good, due

    def _logged_at(self, visit: Visit) -> dt.datetime | None:
        return self.first_logged.get(visit.id, visit.logged_at)
