"""The figures of a municipality, an area or the district, each from log and plans."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tours.coverage import UNITS, Coverage, Figure, Row
from tours.coveragehiding import MET, NEW, YEAR
from tours.coveragemetrics import amount_trend, gini, longest_gap, rate_interval, rate_trend
from tours.coverageperiods import Period
from tours.coveragescope import Reckoning, Scope
from tours.coveragetally import Tally
from tours.coveragewalks import Walks

SEEN_WEEKS = 26


def coverage_of(reckoning: Reckoning) -> Coverage:
    """Return the figures of a period."""

    def row(scope: Scope) -> Row:
        youth = reckoning.youth(scope.municipalities) if scope.municipalities else None
        figures = RowFigures(reckoning, scope, youth).all()
        return Row(scope.id, scope.name, scope.kind, youth, figures)

    return Coverage(
        reckoning.period,
        tuple(map(row, reckoning.municipality_scopes())),
        tuple(map(row, reckoning.area_scopes())),
        row(reckoning.district_scope()),
    )


@dataclass(frozen=True, eq=False)
class RowFigures:
    """The figures of one row.

    Attributes
    ----------
    of : Reckoning
    scope : Scope
    youth : int or None
    """

    of: Reckoning
    scope: Scope
    youth: int | None

    def all(self) -> tuple[Figure, ...]:
        """Return one figure of each name."""
        reason = ""
        if not self.scope.municipalities:
            reason = "not_served"
        elif self.scope.days is None:
            reason = "not_valid" if self.of.seen is not None else "no_visit"
        elif self.of.record.is_removed(self.scope.days):
            reason = "removed"
        elif self._is_before_the_log:
            reason = "no_visit"
        if reason:
            return tuple(Figure(name=name, reason=reason) for name in UNITS)
        return tuple(self._noted(getattr(self, f"_{name}")()) for name in UNITS)

    @cached_property
    def _is_before_the_log(self) -> bool:
        first = self.of.record.first_day
        return first is None or first > self.days.last

    @property
    def days(self) -> Period:
        """The days that count."""
        if self.scope.days is None:
            raise ValueError("days must not be asked for where there are none")
        return self.scope.days

    def _tally(self, days: Period | None) -> Tally:
        # The district has visits at places whose municipality nobody knows any more, too.
        is_all = self.scope.kind == "district"
        return self.of.record.tally(days, None if is_all else self.scope.municipalities)

    @cached_property
    def now(self) -> Tally:
        """What happened in the period."""
        return self._tally(self.days)

    @cached_property
    def then(self) -> Tally:
        """What happened in the period before."""
        return self._tally(self.scope.former)

    def _noted(self, figure: Figure) -> Figure:
        if figure.value is None:
            return figure
        notes = list(figure.notes)
        if self.scope.is_partial:
            notes.append("partly_valid")
        if self.of.period.last > self.of.record.today:
            notes.append("not_over")
        first = self.of.record.first_day
        if first is not None and first > self.days.first:
            notes.append("short_log")
        return replace(figure, notes=tuple(notes))

    @property
    def _is_told(self) -> bool:
        return not self.of.hiding.is_hidden(MET, self.of.when, self.scope.where)

    def _hours_trended(self, figure: Figure) -> Figure:
        first, former = self.of.record.first_day, self.scope.former
        if former is None:
            return replace(figure, no_trend="former_none")
        if first is None or first > former.first or self.of.record.is_removed(former):
            return replace(figure, no_trend="former_log")
        now, then = ([v.dwell_s / 3600 for v in one.visits] for one in (self.now, self.then))
        trend = amount_trend(now, self.days.num_days, then, former.num_days)
        return self._trended(figure, trend, len(then))

    def _trended(self, figure: Figure, trend: str | None, former: int) -> Figure:
        """Return a figure with its trend, or with why it has none.

        Parameters
        ----------
        figure : Figure
        trend : str or None
        former : int
            How much there was to compare with.
        """
        if self.of.record.is_removed(self.scope.former):
            return replace(figure, no_trend="former_log")
        if trend is None:
            return replace(figure, no_trend="too_few" if former else "former_none")
        return replace(figure, trend=trend)

    def _persons_trended(self, figure: Figure, trend: str | None, *who: str) -> Figure:
        """Return a rate of persons with its trend, where all that it is made of was told."""
        if self.of.when == YEAR:
            return replace(figure, no_trend="year")
        if any(self.of.hiding.was_hidden(one, self.scope.where) for one in who):
            return replace(figure, no_trend="former_hidden")
        return self._trended(figure, trend, self.then.met)

    def _service_hours(self) -> Figure:
        return self._hours_trended(Figure(name="service_hours", value=self.now.hours))

    def _visits(self) -> Figure:
        return Figure(name="visits", value=len(self.now.visits))

    def _hours_per_1000(self) -> Figure:
        name = "hours_per_1000"
        if not self.youth:
            return Figure(name=name, reason="no_youth" if self.youth is None else "no_population")
        part = self.days.num_days / self.of.seen.num_days if self.of.seen else 1.0
        target = 1000 * self.of.district_rate * self.of.settings.targets.hours * part
        figure = Figure(
            name=name,
            value=1000 * self.now.hours / self.youth,
            target=target if target > 0 and self.scope.kind != "district" else None,
            is_estimate=True,
        )
        return self._hours_trended(figure)

    def _reach(self) -> Figure:
        walks = self.of.walks
        if walks is None:
            return Figure(name="reach", reason="no_walks")
        everywhere = self.of.record.tally(self.days)
        found = walks.reach(
            everywhere.visits, self.days, self.scope.municipalities, everywhere.places
        )
        if found is None:
            return Figure(name="reach", reason="no_population")
        share, best = found
        return Figure(
            name="reach",
            value=share,
            best=best,
            target=self.of.settings.targets.reach * best if best > 0 else None,
            is_estimate=True,
            notes=self._walk_notes(walks),
        )

    def _walk_notes(self, walks: Walks) -> tuple[str, ...]:
        said = {
            "walks_estimated": walks.is_estimate,
            "homes_unknown": bool(walks.without_homes & self.scope.municipalities),
        }
        return tuple(note for note, holds in said.items() if holds)

    def _access(self) -> Figure:
        walks = self.of.walks
        found = self.of.access_in(self.days) if self.scope.is_partial else self.of.access
        if walks is None or found is None:
            return Figure(name="access", reason="no_walks")
        if not walks.counts_youth:
            return Figure(name="access", reason="no_youth")
        cells = walks.cells_of(self.scope.municipalities)
        people = walks.people[cells]
        if people.sum() <= 0:
            return Figure(name="access", reason="no_population")
        return Figure(
            name="access",
            value=1000 * float(np.average(found[cells], weights=people)),
            is_estimate=True,
            notes=self._walk_notes(walks),
        )

    def _longest_gap(self) -> Figure:
        record, name = self.of.record, "longest_gap"
        placed = {place.ags for place in record.district.places}
        gaps: list[float] = []
        for ags in sorted(self.scope.municipalities):
            days = [v.date for v in self.now.visits if record.municipality(v.place) == ags]
            if not days and ags not in placed:
                continue
            # Before the log began nobody can know of a visit.
            first = max(self.days.first, record.first_day or self.days.first)
            since = record.last_visit(self.days.first, ags)
            gaps.append(longest_gap(days, first, self.days.last, since))
        if not gaps:
            return Figure(name=name, reason="no_place")
        return Figure(
            name=name,
            value=max(gaps),
            target=self.of.settings.targets.longest_gap_weeks,
            is_ceiling=True,
        )

    def _kept(self) -> Figure:
        kept, missed = self.now.kept, self.now.missed
        if not kept + missed:
            return Figure(name="kept", reason="nothing_announced")
        former = self.then
        trend = _turned(
            rate_trend(missed, kept + missed, former.missed, former.kept + former.missed, 1.0)
        )
        figure = Figure(
            name="kept",
            value=kept / (kept + missed),
            target=self.of.settings.targets.kept,
            notes=("open_stops",) if self.now.open else (),
        )
        return self._trended(figure, trend, former.kept + former.missed)

    def _punctual(self) -> Figure:
        if not self.now.kept:
            return Figure(name="punctual", reason="nothing_announced")
        now, then = self.now, self.then
        figure = Figure(
            name="punctual",
            value=1 - now.late / now.kept,
            target=self.of.settings.targets.punctual,
        )
        trend = _turned(rate_trend(now.late, now.kept, then.late, then.kept, 1.0))
        return self._trended(figure, trend, then.kept)

    def _contacts(self) -> Figure:
        if not self._is_told:
            return Figure(name="contacts", reason="hidden")
        return Figure(name="contacts", value=self.now.met)

    def _contacts_per_hour(self) -> Figure:
        name, now, then = "contacts_per_hour", self.now, self.then
        if not now.hours:
            return Figure(name=name, reason="no_hours")
        if not self._is_told:
            return Figure(name=name, reason="hidden")
        low, high = rate_interval(now.met, now.hours, self.of.scatter) or (None, None)
        trend = rate_trend(now.met, now.hours, then.met, then.hours, self.of.scatter)
        figure = Figure(
            name=name,
            value=now.met / now.hours,
            low=low,
            high=high,
            target=self.of.settings.targets.contacts_per_hour,
        )
        return self._persons_trended(figure, trend, MET)

    def _share_new(self) -> Figure:
        name, now, then = "share_new", self.now, self.then
        if self.scope.kind == "municipality":
            return Figure(name=name, reason="not_here")
        if not self._is_told or self.of.hiding.is_hidden(NEW, self.of.when, self.scope.where):
            return Figure(name=name, reason="hidden")
        if not now.met:
            return Figure(name=name, reason="no_contacts")
        trend = rate_trend(now.new, now.met, then.new, then.met, self.of.scatter)
        figure = Figure(
            name=name,
            value=now.new / now.met,
            target=self.of.settings.targets.share_new,
        )
        return self._persons_trended(figure, trend, MET, NEW)

    def _exploration(self) -> Figure:
        record, name = self.of.record, "exploration"
        first = self.days.last - dt.timedelta(days=SEEN_WEEKS * 7 - 1)
        weeks = self._tally(Period(first, self.days.last))
        # A place that was retired since was in use then.
        offered = [
            place.id
            for place in record.places
            if (place.status != "retired" or place.id in weeks.places)
            and place.ags in self.scope.municipalities
        ]
        if self.of.record.is_removed(Period(first, self.days.last)):
            return Figure(name=name, reason="removed")
        if not offered:
            return Figure(name=name, reason="no_place")
        seen = {visit.place for visit in weeks.visits}
        return Figure(
            name=name,
            value=sum(place in seen for place in offered) / len(offered),
            target=self.of.settings.targets.exploration,
        )

    def _equity(self) -> Figure:
        record, name = self.of.record, "equity"
        if len(self.scope.municipalities) < 2:
            return Figure(name=name, reason="not_here")
        rates, youths = [], []
        for ags in sorted(self.scope.municipalities):
            where = frozenset((ags,))
            youth = self.of.youth(where)
            if youth is None:
                return Figure(name=name, reason="no_youth")
            if youth:
                rates.append(record.tally(self.days, where).hours / youth)
                youths.append(youth)
        value = gini(rates, youths)
        if value is None:
            return Figure(name=name, reason="no_hours")
        return Figure(
            name=name,
            value=value,
            target=self.of.settings.targets.gini,
            is_ceiling=True,
            is_estimate=True,
        )

    def _cost_per_hour(self) -> Figure:
        # That of the district is set in when the funders are reckoned.
        return Figure(name="cost_per_hour", reason="not_here")

    def _completeness(self) -> Figure:
        good, due = self.now.in_time
        if not due:
            return Figure(name="completeness", reason="nothing_announced")
        return Figure(
            name="completeness",
            value=good / due,
            target=self.of.settings.targets.completeness,
        )


def _turned(trend: str | None) -> str | None:
    """Return the trend of a share from that of what it lacks."""
    return {"up": "down", "down": "up"}.get(trend or "", trend)
