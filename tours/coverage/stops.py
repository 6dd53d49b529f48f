"""Figures of announced stops: whether they took place, in time, and were written down."""

from __future__ import annotations

from tours.coverage.basis import RowBasis
from tours.coverage.figure import Figure
from tours.coverage.metrics import rate_trend


def kept(row: RowBasis) -> Figure:
    """Return the share of announced stops that took place."""
    name, now, then = "kept", row.now, row.then
    announced = now.kept + now.missed
    if not announced:
        return Figure(name=name, reason="nothing_announced")
    trend = _turned(rate_trend(now.missed, announced, then.missed, then.kept + then.missed, 1.0))
    figure = Figure(
        name=name,
        value=now.kept / announced,
        base=(now.kept, announced),
        num_open=now.open,
        target=row.of.settings.targets.kept,
        notes=("open_stops",) if now.open else (),
    )
    return row.stops_trended(figure, trend, then.kept + then.missed)


def punctual(row: RowBasis) -> Figure:
    """Return the share of arrivals that were punctual."""
    name, now, then = "punctual", row.now, row.then
    if not now.kept:
        return Figure(name=name, reason="nothing_announced")
    figure = Figure(
        name=name,
        value=1 - now.late / now.kept,
        base=(now.kept - now.late, now.kept),
        target=row.of.settings.targets.punctual,
        notes=("as_planned",) if 2 * now.as_planned > now.kept else (),
    )
    trend = _turned(rate_trend(now.late, now.kept, then.late, then.kept, 1.0))
    return row.stops_trended(figure, trend, then.kept)


def completeness(row: RowBasis) -> Figure:
    """Return the share of stops that were written down within 48 hours."""
    good, due = row.now.in_time
    if not due:
        return Figure(name="completeness", reason="nothing_announced")
    return Figure(
        name="completeness",
        value=good / due,
        base=(good, due),
        target=row.of.settings.targets.completeness,
    )


def _turned(trend: str | None) -> str | None:
    """Return the trend of a share from that of what it lacks."""
    return {"up": "down", "down": "up"}.get(trend or "", trend)
