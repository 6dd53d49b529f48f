"""Figures of walking reach: who lives near a place that is served, and for how many hours."""

from __future__ import annotations

import numpy as np

from tours.coverage.basis import RowBasis
from tours.coverage.figure import Figure
from tours.coverage.walks import Walks


def reach(row: RowBasis) -> Figure:
    """Return the share of young people within a walk of a regular place."""
    name, walks = "reach", row.of.walks
    if walks is None:
        return Figure(name=name, reason="no_walks")
    everywhere = row.record.counts(row.days)
    found = walks.reach(everywhere.visits, row.days, row.scope.municipalities, everywhere.places)
    if found is None:
        return Figure(name=name, reason="no_population")
    share, best = found
    return Figure(
        name=name,
        value=share,
        best=best,
        target=row.of.settings.targets.reach * best if best > 0 else None,
        is_estimate=True,
        notes=_walk_notes(row, walks),
    )


def access(row: RowBasis) -> Figure:
    """Return the hours a week that young people can walk to."""
    name, walks = "access", row.of.walks
    found = row.of.access_in(row.days) if row.scope.is_partial else row.of.access
    if walks is None or found is None:
        return Figure(name=name, reason="no_walks")
    if not walks.counts_youth:
        return Figure(name=name, reason="no_youth")
    cells = walks.cells_of(row.scope.municipalities)
    people = walks.people[cells]
    if people.sum() <= 0:
        return Figure(name=name, reason="no_population")
    return Figure(
        name=name,
        value=1000 * float(np.average(found[cells], weights=people)),
        is_estimate=True,
        notes=_walk_notes(row, walks),
    )


def _walk_notes(row: RowBasis, walks: Walks) -> tuple[str, ...]:
    said = {
        "walks_estimated": walks.is_estimate,
        "homes_unknown": bool(walks.without_homes & row.scope.municipalities),
    }
    return tuple(note for note, holds in said.items() if holds)
