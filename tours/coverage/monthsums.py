"""What month sums still tell of days whose visits were removed: of whole months only."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tours.coverage.periods import Period
from tours.visits.visit import Journal, MonthSum


def days_of(one: MonthSum) -> Period:
    """Return the days of a sum: nobody knows any more on which of them the visits were."""
    last = calendar.monthrange(one.month.year, one.month.month)[1]
    return Period(one.month, one.month.replace(day=last))


def total_hours(sums: Iterable[MonthSum]) -> float:
    """Return the service hours of some sums."""
    return sum(one.dwell_s for one in sums) / 3600


@dataclass(frozen=True)
class MonthSums:
    """The sums that stay when visits are removed.

    Attributes
    ----------
    sums : tuple of MonthSum
    before : date or None
        The day before which visits were removed; None if none were.
    """

    sums: tuple[MonthSum, ...] = ()
    before: dt.date | None = None

    @cached_property
    def _by_month(self) -> dict[Period, list[MonthSum]]:
        found: dict[Period, list[MonthSum]] = {}
        for one in self.sums:
            found.setdefault(days_of(one), []).append(one)
        return found

    def _touched(self, days: Period | None) -> list[Period]:
        """Return the months from which visits were removed that have some of the days."""
        if days is None or self.before is None or days.first >= self.before:
            return []
        return [one for one in self._by_month if one.first <= days.last and days.first <= one.last]

    def is_removed(self, days: Period | None) -> bool:
        """Tell whether visits of some days were removed, so that single ones are not known."""
        return bool(self._touched(days))

    def is_cut(self, days: Period | None) -> bool:
        """Tell whether the days cut a month whose visits were removed: its sum tells nothing."""
        return any(
            not (days.holds(one.first) and days.holds(one.last))
            for one in self._touched(days)
            if days is not None
        )

    def within(self, days: Period | None) -> tuple[MonthSum, ...]:
        """Return the sums of the months that lie wholly in some days."""
        if days is None:
            return ()
        return tuple(
            one
            for month, some in self._by_month.items()
            if days.holds(month.first) and days.holds(month.last)
            for one in some
        )


def sums_in(journal: Journal) -> MonthSums:
    """Return the sums of a journal."""
    return MonthSums(journal.sums, journal.removed_before)
