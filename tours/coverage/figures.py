"""The figures of a municipality, an area or the district, each from log and plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tours.coverage.basis import RowBasis
from tours.coverage.contacts import contacts, contacts_per_hour, share_new
from tours.coverage.figure import FROM_SUMS, UNITS, Coverage, Figure, Row
from tours.coverage.hours import equity, hours_per_1000, service_hours, visits
from tours.coverage.places import exploration, gap
from tours.coverage.reach import access, reach
from tours.coverage.scope import Reckoning, Scope
from tours.coverage.stops import completeness, kept, punctual


def _cost(_row: RowBasis) -> Figure:
    # That of the district is set in when the funders are reckoned.
    return Figure(name="cost_per_hour", reason="not_here")


FIGURES: Mapping[str, Callable[[RowBasis], Figure]] = {
    "service_hours": service_hours,
    "visits": visits,
    "hours_per_1000": hours_per_1000,
    "reach": reach,
    "access": access,
    "longest_gap": gap,
    "kept": kept,
    "punctual": punctual,
    "contacts": contacts,
    "contacts_per_hour": contacts_per_hour,
    "share_new": share_new,
    "exploration": exploration,
    "equity": equity,
    "cost_per_hour": _cost,
    "completeness": completeness,
}


def coverage_of(reckoning: Reckoning) -> Coverage:
    """Return the figures of a period."""

    def row(scope: Scope) -> Row:
        youth = reckoning.youth(scope.municipalities) if scope.municipalities else None
        figures = row_figures(RowBasis(reckoning, scope, youth))
        return Row(scope.id, scope.name, scope.kind, youth, figures)

    return Coverage(
        reckoning.period,
        tuple(map(row, reckoning.municipality_scopes())),
        tuple(map(row, reckoning.area_scopes())),
        row(reckoning.district_scope()),
    )


def row_figures(row: RowBasis) -> tuple[Figure, ...]:
    """Return one figure of each name."""
    if row.no_figures:
        return tuple(Figure(name=name, reason=row.no_figures) for name in UNITS)
    return tuple(row.noted(_figure(row, name)) for name in UNITS)


def _figure(row: RowBasis, name: str) -> Figure:
    is_lost = row.is_from_sums and name not in FROM_SUMS
    # Without a network to walk on it was never known.
    if is_lost and not (name == "reach" and row.of.walks is None):
        return Figure(name=name, reason="removed")
    return FIGURES[name](row)
