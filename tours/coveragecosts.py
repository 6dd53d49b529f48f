"""Cost per service hour: each funder's budget by the hours that it pays for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from geodata.region import Area
from tours.coverage import Figure
from tours.coverageperiods import Period, common, years
from tours.coveragereport import FunderCost
from tours.coveragesettings import CoverageSettings, Funder
from tours.coveragetally import Record

NAME = "cost_per_hour"


def _hours(record: Record, funder: Funder, days: Period) -> float:
    """Return the service hours that a funder pays for.

    A visit in several of its areas counts once, and only on days on which the area exists.
    """
    areas: Mapping[str, Area] = {area.name: area for area in record.district.config.areas}
    if funder.share is not None:
        return funder.share * record.tally(days).hours

    def is_paid(place: str, day: dt.date) -> bool:
        ags = record.municipality(place)
        return any(
            ags in areas[name].municipalities and areas[name].is_valid(day) for name in funder.areas
        )

    visits = record.tally(days).visits
    return sum(v.dwell_s for v in visits if is_paid(v.place, v.date)) / 3600


def _cost(budget: float, hours: float, agreed: float | None, a_year: float) -> Figure:
    target = a_year / agreed if agreed else None
    if hours <= 0:
        return Figure(name=NAME, reason="no_hours", target=target, is_ceiling=True)
    return Figure(name=NAME, value=budget / hours, target=target, is_ceiling=True)


def _part(record: Record, funder: Funder, days: Period | None) -> tuple[float, float, Figure]:
    """Return budget, service hours and their ratio in some days."""
    valid = days and common(days, funder.valid_from, funder.valid_until)
    budget = funder.budget * years(valid) if valid else 0.0
    hours = _hours(record, funder, valid) if valid else 0.0
    return budget, hours, _cost(budget, hours, funder.hours, funder.budget)


def funder_costs(
    record: Record, settings: CoverageSettings, days: Period | None, year: Period | None
) -> tuple[FunderCost, ...]:
    """Return what each funder pays and gets.

    Parameters
    ----------
    record : Record
    settings : CoverageSettings
    days, year : Period or None
        The days of the period and of the year that have been; None if none have.
    """
    return tuple(
        FunderCost(
            funder.name,
            funder.areas,
            funder.share,
            funder.budget,
            funder.hours,
            *_part(record, funder, days),
            *_part(record, funder, year),
        )
        for funder in settings.funders
    )


def total_cost(record: Record, settings: CoverageSettings, days: Period | None) -> Figure:
    """Return the cost per service hour of the whole service: all budgets by all hours."""
    if not settings.funders:
        return Figure(name=NAME, reason="no_budget")
    if days is None or not record.visits:
        return Figure(name=NAME, reason="no_hours")
    budget = sum(_part(record, funder, days)[0] for funder in settings.funders)
    agreed = [funder.hours for funder in settings.funders if funder.hours]
    is_agreed = len(agreed) == len(settings.funders)
    return _cost(
        budget,
        record.tally(days).hours,
        sum(agreed) if is_agreed else None,
        sum(funder.budget for funder in settings.funders),
    )
