"""What the figures of one row are reckoned from: its days, what happened in them, its trends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from tours.coverage.counts import Counts
from tours.coverage.figure import Figure
from tours.coverage.hiding import MET, YEAR
from tours.coverage.metrics import amount_trend
from tours.coverage.periods import Period
from tours.coverage.record import Record
from tours.coverage.scope import Reckoning, Scope


@dataclass(frozen=True, eq=False)
class RowBasis:
    """What the figures of a municipality, an area or the district are reckoned from.

    Attributes
    ----------
    of : Reckoning
    scope : Scope
    youth : int or None
    """

    of: Reckoning
    scope: Scope
    youth: int | None

    @property
    def record(self) -> Record:
        """Log and plans."""
        return self.of.record

    @property
    def days(self) -> Period:
        """The days that count."""
        if self.scope.days is None:
            raise ValueError("days must not be asked for where there are none")
        return self.scope.days

    def counts(self, days: Period | None) -> Counts:
        """Count what is of this row in some days."""
        # The district has visits at places whose municipality nobody knows any more, too.
        is_all = self.scope.kind == "district"
        return self.record.counts(days, None if is_all else self.scope.municipalities)

    @cached_property
    def now(self) -> Counts:
        """What happened in the period."""
        return self.counts(self.days)

    @cached_property
    def then(self) -> Counts:
        """What happened in the period before."""
        return self.counts(self.scope.former)

    @cached_property
    def no_figures(self) -> str:
        """Why there is no figure at all; empty if there are some."""
        if not self.scope.municipalities:
            return "not_served"
        if self.scope.days is None:
            return "not_valid" if self.of.seen is not None else "no_visit"
        if self.record.sums.is_cut(self.days):
            return "removed"
        first = self.record.first_day
        return "no_visit" if first is None or first > self.days.last else ""

    @cached_property
    def is_from_sums(self) -> bool:
        """Whether visits of the period were removed, so that sums stand in their place."""
        return self.record.sums.is_removed(self.days)

    def is_hidden(self, who: str) -> bool:
        """Tell whether a count of persons is hidden."""
        return self.of.hiding.is_hidden(who, self.of.when, self.scope.where)

    @property
    def is_told(self) -> bool:
        """Whether contacts are shown."""
        return not self.is_hidden(MET)

    def noted(self, figure: Figure) -> Figure:
        """Return a figure with what has to be said of every figure of the row."""
        if figure.value is None:
            return figure
        notes = list(figure.notes)
        first = self.record.first_day
        if self.is_from_sums:
            notes.append("month_sums")
        if self.scope.is_partial:
            notes.append("partly_valid")
        if self.of.period.last > self.record.today:
            notes.append("not_over")
        if first is not None and self.days.holds(first):
            if self.record.begins_in_month:
                notes.append("begins_in_month")
            elif first > self.days.first:
                notes.append("short_log")
        return replace(figure, notes=tuple(dict.fromkeys(notes)))

    def hours_trended(self, figure: Figure) -> Figure:
        """Return a figure made of hours on site with its trend."""
        first, former, sums = self.record.first_day, self.scope.former, self.record.sums
        if former is None:
            return replace(figure, no_trend="former_none")
        begins_within = first is not None and (
            first > former.first or (self.record.begins_in_month and first == former.first)
        )
        if first is None or begins_within or sums.is_cut(former):
            return replace(figure, no_trend="former_log")
        if self.is_from_sums or sums.is_removed(former):
            # How much the hours of single visits differ is not known any more.
            return replace(figure, no_trend="month_sums")
        now, then = ([v.dwell_s / 3600 for v in one.visits] for one in (self.now, self.then))
        trend = amount_trend(now, self.days.num_days, then, former.num_days)
        return _trended(figure, trend, len(then))

    def stops_trended(self, figure: Figure, trend: str | None, former: int) -> Figure:
        """Return a share of announced stops with its trend, or with why it has none.

        Parameters
        ----------
        figure : Figure
        trend : str or None
        former : int
            How many stops there were to compare with.
        """
        if self.record.sums.is_removed(self.scope.former):
            return replace(figure, no_trend="former_log")
        return _trended(figure, trend, former)

    def persons_trended(self, figure: Figure, trend: str | None, *who: str) -> Figure:
        """Return a rate of persons with its trend, where all that it is made of was told."""
        if self.of.when == YEAR:
            return replace(figure, no_trend="year")
        if self.record.sums.is_cut(self.scope.former):
            return replace(figure, no_trend="former_log")
        if any(self.of.hiding.was_hidden(one, self.scope.where) for one in who):
            return replace(figure, no_trend="former_hidden")
        return _trended(figure, trend, self.then.met)


def _trended(figure: Figure, trend: str | None, former: int) -> Figure:
    if trend is None:
        return replace(figure, no_trend="too_few" if former else "former_none")
    return replace(figure, trend=trend)
