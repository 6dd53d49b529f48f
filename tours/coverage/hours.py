"""Figures of hours on site: how many, for how many young people, and how evenly."""

from __future__ import annotations

from tours.coverage.basis import RowBasis
from tours.coverage.figure import Figure
from tours.coverage.metrics import gini


def service_hours(row: RowBasis) -> Figure:
    """Return the hours on site."""
    return row.hours_trended(Figure(name="service_hours", value=row.now.hours))


def visits(row: RowBasis) -> Figure:
    """Return how many visits took place."""
    return Figure(name="visits", value=row.now.num_visits)


def hours_per_1000(row: RowBasis) -> Figure:
    """Return the hours on site per 1000 young people."""
    name, seen = "hours_per_1000", row.of.seen
    if not row.youth:
        return Figure(name=name, reason="no_youth" if row.youth is None else "no_population")
    part = row.days.num_days / seen.num_days if seen else 1.0
    target = 1000 * row.of.district_rate * row.of.settings.targets.hours * part
    figure = Figure(
        name=name,
        value=1000 * row.now.hours / row.youth,
        target=target if target > 0 and row.scope.kind != "district" else None,
        is_estimate=True,
    )
    return row.hours_trended(figure)


def equity(row: RowBasis) -> Figure:
    """Return how unevenly hours are spread over municipalities."""
    name = "equity"
    if len(row.scope.municipalities) < 2:
        return Figure(name=name, reason="not_here")
    rates, youths = [], []
    for ags in sorted(row.scope.municipalities):
        where = frozenset((ags,))
        youth = row.of.youth(where)
        if youth is None:
            return Figure(name=name, reason="no_youth")
        if youth:
            rates.append(row.record.counts(row.days, where).hours / youth)
            youths.append(youth)
    value = gini(rates, youths)
    if value is None:
        return Figure(name=name, reason="no_hours")
    return Figure(
        name=name,
        value=value,
        target=row.of.settings.targets.gini,
        is_ceiling=True,
        is_estimate=True,
    )
