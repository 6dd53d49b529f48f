"""The tables of the coverage report with a row per municipality or area."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.language import translator
from maps.coverage.cells import (
    MISSING,
    Cell,
    Column,
    Table,
    few_notes,
    figure_cell,
    sign_notes,
    sums_notes,
)
from maps.coverage.shades import sorted_rows
from tours.coverage.figure import Coverage, Row
from tours.coverage.names import kind_name
from tours.coverage.reasons import reason_text
from tours.coverage.words import number_of

_ = translator("maps")

# A figure that has no other reason than these in any row gets no column.
UNSHOWN = ("not_here", "no_population", "not_served", "not_valid", "no_walks", "no_budget")


def municipalities_table(coverage: Coverage, id_: str, about: str) -> Table:
    """Return the figures of each municipality, and of the district below them."""
    rows = sorted_rows(coverage.municipalities)
    names = _shown(rows)
    lines = []
    for number, row in enumerate(rows, start=1):
        lines.append((Cell(str(number)), Cell(row.name), _youth(row), *_figures(row, names)))
    whole = coverage.district
    lines.append((Cell(""), Cell(whole.name), _youth(whole), *_figures(whole, names)))
    columns = (
        Column(_("No."), 0.55),
        Column(_("Municipality"), 2.9, is_text=True),
        Column(_("Young people"), 1.05),
        *(_figure_column(name) for name in names),
    )
    return Table(
        id_,
        _("Municipalities"),
        about,
        columns,
        tuple(lines),
        head=1,
        last_is_total=True,
        notes=_table_notes([*rows, whole], names),
    )


def areas_table(coverage: Coverage, id_: str, about: str) -> Table:
    """Return the figures of each focus and funding area."""
    names = _shown(coverage.areas)
    lines = [
        (Cell(row.name, sub=kind_name(row.kind)), _youth(row), *_figures(row, names))
        for row in coverage.areas
    ]
    columns = (
        Column(_("Area"), 2.9, is_text=True),
        Column(_("Young people"), 1.05),
        *(_figure_column(name) for name in names),
    )
    return Table(
        id_,
        _("Focus and funding areas"),
        about,
        columns,
        tuple(lines),
        notes=_table_notes(coverage.areas, names),
    )


def _shown(rows: Sequence[Row]) -> list[str]:
    """Return the figures that mean something for at least one of some rows."""
    return [
        figure.name
        for k, figure in enumerate(rows[0].figures if rows else ())
        if any(row.figures[k].reason not in UNSHOWN for row in rows)
    ]


def _youth(row: Row) -> Cell:
    if row.youth is None:
        return Cell(MISSING, said=reason_text("no_youth"))
    return Cell(number_of(row.youth, "count"))


def _figures(row: Row, names: Sequence[str]) -> list[Cell]:
    return [figure_cell(row.figure(name)) for name in names]


def _figure_column(name: str) -> Column:
    wide = {"contacts_per_hour": 1.45, "kept": 1.1}
    return Column(column_head(name), wide.get(name, 1.0))


def column_head(name: str) -> str:
    """Return the head of a narrow column."""
    return {
        "service_hours": _("Hours on site"),
        "visits": _("Visits"),
        "hours_per_1000": _("Hours per 1000"),
        "reach": _("Reach 15 min"),
        "access": _("Walk (E2SFCA)"),
        "longest_gap": _("Longest gap, weeks"),
        "kept": _("Stops kept"),
        "punctual": _("On time"),
        "contacts": _("Contacts"),
        "contacts_per_hour": _("Contacts per hour"),
        "share_new": _("New contacts"),
        "exploration": _("Places seen"),
        "equity": _("Gini"),
        "cost_per_hour": _("Euro per hour"),
        "completeness": _("Logged in 48 h"),
    }[name]


def _table_notes(rows: Sequence[Row], names: Sequence[str]) -> tuple[Cell, ...]:
    figures = [row.figure(name) for row in rows for name in names]
    notes = []
    if any(figure.is_met is False for figure in figures):
        notes.append(Cell(_("target not reached"), sign="missed"))
    estimate = Cell(_("Young people, and what is reckoned from their number: estimates."))
    few, sums = few_notes(figures), sums_notes(figures)
    return (*notes, *few, *sign_notes(figures), *sums, estimate)
