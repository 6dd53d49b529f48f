"""Cost per service hour: each funder's budget by the hours that it pays for.

Only the budget of days that the log covers is set against the hours in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geodata.region import Area
from tours.coverage.figure import NOTES, Figure
from tours.coverage.monthsums import days_of, total_hours
from tours.coverage.periods import Period, common, years
from tours.coverage.record import Record
from tours.coverage.report import FunderCost
from tours.coverage.settings import CoverageSettings, Funder

NAME = "cost_per_hour"
# A log that is silent for so long at the end of a period may lack hours.
SILENT = dt.timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Part:
    """What a funder pays in some days, and gets.

    Attributes
    ----------
    budget : float or None
        None where it is not known on how many days the log covers them.
    hours : float or None
        None where visits of these days were removed, and sums do not tell their hours.
    notes : tuple of str
        Of `tours.coverage.figure.NOTES`: what has to be said beside their ratio.
    """

    budget: float | None = 0.0
    hours: float | None = 0.0
    notes: tuple[str, ...] = ()

    @property
    def is_removed(self) -> bool:
        """Whether the cost of an hour is not known any more."""
        return self.budget is None or self.hours is None


def _is_paid(record: Record, funder: Funder, place: str, day: dt.date) -> bool:
    """Tell whether a funder pays for a stop: in one of its areas, while that exists."""
    if funder.share is not None:
        return True
    areas: Mapping[str, Area] = {area.name: area for area in record.district.config.areas}
    ags = record.municipality(place)
    return any(
        ags in areas[name].municipalities and areas[name].is_valid(day) for name in funder.areas
    )


def _hours(record: Record, funder: Funder, days: Period) -> float | None:
    """Return the hours that a funder pays for; None where sums do not tell them."""
    counts = record.counts(days)
    seconds = sum(v.dwell_s for v in counts.visits if _is_paid(record, funder, v.place, v.date))
    for one in counts.sums:
        paid = {_is_paid(record, funder, one.place, day) for day in days_of(one).days()}
        if len(paid) > 1:
            return None
        seconds += one.dwell_s if True in paid else 0
    return (1.0 if funder.share is None else funder.share) * seconds / 3600


def _part(record: Record, funder: Funder, period: Period) -> Part:
    valid = common(period, funder.valid_from, funder.valid_until)
    seen = valid and common(valid, None, record.today)
    days = seen and common(seen, record.first_day, None)
    if not (valid and seen and days and record.first_day):
        return Part()
    # How much of the first month the log covers is not known any more.
    begins_within = record.begins_in_month and days.holds(record.first_day)
    budget = None if begins_within else funder.budget * years(days)
    if record.sums.is_cut(days):
        return Part(budget, None)
    counts = record.counts(days)
    is_open = any(
        one.visit is None and _is_paid(record, funder, one.place, one.date)
        for one in counts.outcomes
    )
    last = max(
        (*(v.date for v in counts.logged), *(days_of(one).last for one in counts.sums)),
        default=days.first,
    )
    said = {
        "not_over": seen != valid,
        "short_budget": days != seen,
        "log_ends": days.last - last >= SILENT,
        "open_hours": is_open,
        "month_sums": bool(counts.sums),
    }
    notes = tuple(note for note, holds in said.items() if holds)
    return Part(budget, _hours(record, funder, days), notes)


def _cost(part: Part, agreed: float | None, a_year: float) -> Figure:
    target = a_year / agreed if agreed else None
    if part.budget is None or part.hours is None or part.hours <= 0:
        reason = "removed" if part.is_removed else "no_hours"
        return Figure(name=NAME, reason=reason, target=target, is_ceiling=True)
    return Figure(
        name=NAME,
        value=part.budget / part.hours,
        target=target,
        is_ceiling=True,
        notes=part.notes,
    )


def funder_costs(
    record: Record, settings: CoverageSettings, period: Period, year: Period
) -> tuple[FunderCost, ...]:
    """Return what each funder pays and gets, up to today.

    Parameters
    ----------
    record : Record
    settings : CoverageSettings
    period, year : Period
    """
    found = []
    for funder in settings.funders:
        now, whole = (_part(record, funder, days) for days in (period, year))
        found.append(
            FunderCost(
                name=funder.name,
                areas=funder.areas,
                share=funder.share,
                budget_a_year=funder.budget,
                hours_a_year=funder.hours,
                budget=now.budget,
                hours=now.hours,
                cost=_cost(now, funder.hours, funder.budget),
                year_budget=whole.budget,
                year_hours=whole.hours,
                year_cost=_cost(whole, funder.hours, funder.budget),
            )
        )
    return tuple(found)


def total_cost(record: Record, settings: CoverageSettings, period: Period) -> Figure:
    """Return the cost per service hour of the whole service: all budgets by all hours."""
    if not settings.funders:
        return Figure(name=NAME, reason="no_budget")
    parts = [_part(record, funder, period) for funder in settings.funders]
    notes = {note for part in parts for note in part.notes}
    agreed = [funder.hours for funder in settings.funders if funder.hours]
    is_agreed = len(agreed) == len(settings.funders)
    budgets = [part.budget for part in parts if part.budget is not None]
    seen = common(period, None, record.today)
    spans = [(one.valid_from, one.valid_until) for one in settings.funders]
    paid = [days for span in spans if seen and (days := common(seen, *span))]
    if seen and not paid:
        return Figure(name=NAME, reason="no_budget", is_ceiling=True)
    logged = seen and common(seen, record.first_day, None)
    if logged and any(common(logged, *span) != logged for span in spans):
        notes.add("part_paid")
    whole = Part(
        sum(budgets) if len(budgets) == len(parts) else None,
        _paid_hours(record, paid),
        tuple(note for note in NOTES if note in notes),
    )
    return _cost(
        whole,
        sum(agreed) if is_agreed else None,
        sum(funder.budget for funder in settings.funders),
    )


def _paid_hours(record: Record, paid: Sequence[Period]) -> float | None:
    """Return the hours of all days on which somebody pays; None where sums do not tell them."""
    if any(record.sums.is_cut(days) for days in paid):
        return None
    visits = [v for v in record.visits if any(days.holds(v.date) for days in paid)]
    sums = {one for days in paid for one in record.sums.within(days)}
    return sum(v.dwell_s for v in visits) / 3600 + total_hours(sums)
