"""Cost per service hour: each funder's budget by the hours that it pays for.

Only the budget of days that the log covers is set against the hours in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from geodata.region import Area
from tours.coverage import NOTES, Figure
from tours.coverageperiods import Period, common, years
from tours.coveragereport import FunderCost
from tours.coveragesettings import CoverageSettings, Funder
from tours.coveragetally import Record

NAME = "cost_per_hour"
# A log that is silent for so long at the end of a period may lack hours.
SILENT = dt.timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class Part:
    """What a funder pays in some days, and gets.

    Attributes
    ----------
    budget, hours : float
    notes : tuple of str
        Of `tours.coverage.NOTES`: what has to be said beside their ratio.
    is_removed : bool
        Whether visits of these days were removed, so that nothing is known of it.
    """

    budget: float = 0.0
    hours: float = 0.0
    notes: tuple[str, ...] = ()
    is_removed: bool = False


def _is_paid(record: Record, funder: Funder, place: str, day: dt.date) -> bool:
    """Tell whether a funder pays for a stop: in one of its areas, while that exists."""
    if funder.share is not None:
        return True
    areas: Mapping[str, Area] = {area.name: area for area in record.district.config.areas}
    ags = record.municipality(place)
    return any(
        ags in areas[name].municipalities and areas[name].is_valid(day) for name in funder.areas
    )


def _part(record: Record, funder: Funder, period: Period) -> Part:
    valid = common(period, funder.valid_from, funder.valid_until)
    seen = valid and common(valid, None, record.today)
    days = seen and common(seen, record.first_day, None)
    if not (valid and seen and days and record.first_day):
        return Part()
    if record.is_removed(days):
        return Part(is_removed=True)
    tally = record.tally(days)
    visits = [v for v in tally.visits if _is_paid(record, funder, v.place, v.date)]
    is_open = any(
        one.visit is None and _is_paid(record, funder, one.place, one.date)
        for one in tally.outcomes
    )
    last = max((v.date for v in tally.logged), default=days.first)
    said = {
        "not_over": seen != valid,
        "short_budget": days != seen,
        "log_ends": days.last - last >= SILENT,
        "open_hours": is_open,
    }
    return Part(
        funder.budget * years(days),
        (1.0 if funder.share is None else funder.share) * sum(v.dwell_s for v in visits) / 3600,
        tuple(note for note, holds in said.items() if holds),
    )


def _cost(part: Part, agreed: float | None, a_year: float) -> Figure:
    target = a_year / agreed if agreed else None
    if part.is_removed or part.hours <= 0:
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
    whole = Part(
        sum(part.budget for part in parts),
        record.tally(common(period, None, record.today)).hours,
        tuple(note for note in NOTES if note in notes),
        any(part.is_removed for part in parts),
    )
    return _cost(
        whole,
        sum(agreed) if is_agreed else None,
        sum(funder.budget for funder in settings.funders),
    )
