"""Figures of meeting places: how long none was visited, and which were not seen at all."""

from __future__ import annotations

import datetime as dt

from tours.coverage.basis import RowBasis
from tours.coverage.figure import Figure
from tours.coverage.metrics import longest_gap
from tours.coverage.periods import Period

SEEN_WEEKS = 26


def gap(row: RowBasis) -> Figure:
    """Return the longest time without a visit; that of the municipality that waited longest.

    A municipality counts as long as it has a meeting place in use: where there is none, no bus
    can come. When a place was retired is not known: it was in use up to the last visit of it and
    the last stop that was announced for it.
    """
    record, name, days = row.record, "longest_gap", row.days
    # Of a visit whose row was removed only the month is known: the least and the most.
    least, most = [], []
    notes = set()
    for ags in sorted(row.scope.municipalities):
        until = record.used_until(ags)
        if until is None or until < days.first:
            notes.add("gap_without_place")
            continue
        if until < days.last:
            notes.add("gap_until_use")
        last = min(until, days.last)
        dates = [v.date for v in row.now.visits if record.municipality(v.place) == ags]
        # Before the log began nobody can know of a visit.
        first = max(days.first, record.first_day or days.first)
        earliest, latest = record.last_visit(days.first, ags) or (None, None)
        if first <= last:
            least.append(longest_gap(dates, first, last, latest))
            most.append(longest_gap(dates, first, last, earliest))
    if not least:
        return Figure(name=name, reason="no_place")
    target = row.of.settings.targets.longest_gap_weeks
    if max(least) != max(most):
        if (max(least) > target) != (max(most) > target):
            return Figure(name=name, reason="removed")
        notes.add("gap_at_least")
    return Figure(
        name=name,
        value=max(least),
        target=target,
        is_ceiling=True,
        notes=tuple(sorted(notes)),
    )


def exploration(row: RowBasis) -> Figure:
    """Return the share of meeting places that were visited in 26 weeks."""
    record, name = row.record, "exploration"
    first = row.days.last - dt.timedelta(days=SEEN_WEEKS * 7 - 1)
    days = Period(first, row.days.last)
    if record.sums.is_removed(days):
        return Figure(name=name, reason="removed")
    weeks = row.counts(days)
    # A place that was retired since was in use then.
    offered = [
        place.id
        for place in record.places
        if (place.status != "retired" or place.id in weeks.places)
        and place.ags in row.scope.municipalities
    ]
    if not offered:
        return Figure(name=name, reason="no_place")
    visited = {visit.place for visit in weeks.visits}
    seen = sum(place in visited for place in offered)
    is_short = record.first_day is not None and record.first_day > first
    return Figure(
        name=name,
        value=seen / len(offered),
        base=(seen, len(offered)),
        target=row.of.settings.targets.exploration,
        notes=("short_weeks",) if is_short else (),
    )
