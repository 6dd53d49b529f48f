"""Figures of contacts: shown where they are not hidden."""

from __future__ import annotations

from tours.coverage.basis import RowBasis
from tours.coverage.figure import Figure
from tours.coverage.hiding import MET, NEW
from tours.coverage.metrics import rate_interval, rate_trend


def contacts(row: RowBasis) -> Figure:
    """Return how many young people were met."""
    if not row.is_told:
        return Figure(name="contacts", reason="hidden")
    return Figure(name="contacts", value=row.now.met)


def contacts_per_hour(row: RowBasis) -> Figure:
    """Return contacts by hours on site, with an interval."""
    name, now, then = "contacts_per_hour", row.now, row.then
    if not now.hours:
        return Figure(name=name, reason="no_hours")
    if not row.is_told:
        return Figure(name=name, reason="hidden")
    low, high = rate_interval(now.met, now.hours, row.of.scatter) or (None, None)
    trend = rate_trend(now.met, now.hours, then.met, then.hours, row.of.scatter)
    figure = Figure(
        name=name,
        value=now.met / now.hours,
        low=low,
        high=high,
        target=row.of.settings.targets.contacts_per_hour,
    )
    return row.persons_trended(figure, trend, MET)


def share_new(row: RowBasis) -> Figure:
    """Return the share of contacts that were the first with somebody."""
    name, now, then = "share_new", row.now, row.then
    if row.scope.kind == "municipality":
        return Figure(name=name, reason="not_here")
    if not row.is_told or row.is_hidden(NEW):
        return Figure(name=name, reason="hidden")
    if not now.met:
        return Figure(name=name, reason="no_contacts")
    trend = rate_trend(now.new, now.met, then.new, then.met, row.of.scatter)
    figure = Figure(
        name=name,
        value=now.new / now.met,
        base=(now.new, now.met),
        target=row.of.settings.targets.share_new,
    )
    return row.persons_trended(figure, trend, MET, NEW)
