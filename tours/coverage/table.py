"""Coverage on the terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Group, RenderableType
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from geodata.language import translator
from tours.coverage.digest import content_of
from tours.coverage.evidence import frozen_text
from tours.coverage.figure import Coverage, Figure, Row
from tours.coverage.freeze import Difference
from tours.coverage.names import figure_name, group_name, short_name
from tours.coverage.reasons import no_trend_text, note_text, reason_text
from tours.coverage.remains import remains_text
from tours.coverage.report import CoverageReport
from tours.coverage.warnings import warnings
from tours.coverage.words import (
    ARROWS,
    base_text,
    euro_text,
    few_note,
    few_text,
    hidden_text,
    interval_text,
    number_of,
    period_text,
    target_text,
    value_text,
    year_text,
)
from tours.timetable import number_text

_ = translator("tours")

COLUMNS = (
    *("service_hours", "hours_per_1000", "reach", "longest_gap", "kept", "punctual"),
    *("contacts", "contacts_per_hour", "exploration", "completeness"),
)
MISSED = "!"
NO_VALUE = "–"
HIDDEN = "•"


def _table(*columns: str) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    for number, name in enumerate(columns):
        table.add_column(name, justify="right" if number else "left", no_wrap=bool(number))
    return table


def cell_text(figure: Figure) -> str:
    """Return a figure for a narrow cell; what misses its target is marked."""
    if figure.value is None:
        return HIDDEN if figure.reason == "hidden" else NO_VALUE
    text = few_text(figure) or value_text(figure)
    text = text.removeprefix("≈ ").removesuffix(f" {ARROWS['flat']}")
    return f"{text}{MISSED}" if figure.is_met is False else text


def _add_row(table: Table, row: Row, *, is_bold: bool = False) -> None:
    style = "bold" if is_bold else None
    cells = [
        Text(cell_text(figure), style="red" if figure.is_met is False else "")
        for figure in map(row.figure, COLUMNS)
    ]
    table.add_row(escape(row.name), *cells, style=style)


def _rows_table(coverage: Coverage) -> Table:
    table = _table("", *map(short_name, COLUMNS))
    for row in coverage.municipalities:
        _add_row(table, row)
    if coverage.areas:
        table.add_row("")
    for row in coverage.areas:
        _add_row(table, row)
    table.add_row("")
    _add_row(table, coverage.district, is_bold=True)
    return table


def _scorecard(report: CoverageReport) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="bold")
    for number, name in enumerate(
        (_("The district"), _("Period"), year_text(report), _("Target"), "")
    ):
        table.add_column(name, justify="right" if 0 < number < 4 else "left", no_wrap=number < 4)
    for group in report.scorecard:
        table.add_row(Text(group_name(group.name), style="bold"))
        for now, year in zip(group.period, group.year, strict=True):
            table.add_row(
                f"  {figure_name(now.name)}",
                _marked(now),
                _marked(year),
                target_text(now),
                Text("; ".join(_remarks(now)), style="dim"),
            )
    return table


def _remarks(figure: Figure) -> list[str]:
    """Return what is said beside a figure of the district."""
    if figure.value is None:
        return [reason_text(figure.reason)]
    said = [base_text(figure)] if figure.base else []
    if figure.low is not None:
        said.append(interval_text(figure))
    if figure.best is not None:
        said.append(_("at best {number}").format(number=number_of(figure.best, figure.unit)))
    if figure.no_trend:
        said.append(_("no trend: {reason}").format(reason=no_trend_text(figure.no_trend)))
    if figure.name == "cost_per_hour":
        said += map(note_text, figure.notes)
    return said


def _marked(figure: Figure) -> Text:
    text = value_text(figure)
    if figure.is_met is False:
        return Text(f"{text} {MISSED}", style="red")
    return Text(text)


def _costs(report: CoverageReport) -> RenderableType:
    table = _table(
        _("Funder"),
        _("Budget"),
        _("Service hours"),
        _("Cost per hour"),
        year_text(report),
        _("Target"),
    )
    for one in report.costs:
        table.add_row(
            escape(one.name),
            NO_VALUE if one.budget is None else euro_text(one.budget),
            NO_VALUE if one.hours is None else number_text(one.hours, 1),
            _marked(one.cost),
            _marked(one.year_cost),
            target_text(one.cost),
        )
    notes = dict.fromkeys(
        note for one in report.costs for cost in (one.cost, one.year_cost) for note in cost.notes
    )
    if not notes:
        return table
    said = f"{figure_name('cost_per_hour')}: {'; '.join(map(note_text, notes))}."
    return Group(table, Text(said, style="dim"))


def notes_of(report: CoverageReport) -> list[str]:
    """Return what has to be said beside the figures, each once."""
    rows = (
        row
        for part in (report.period, report.year)
        for row in (*part.municipalities, *part.areas, part.district)
    )
    notes = dict.fromkeys(note for row in rows for figure in row.figures for note in figure.notes)
    # Which figures come from sums is said by their names.
    return [note_text(note) for note in notes if note != "month_sums"]


def render_coverage(report: CoverageReport) -> RenderableType:
    """Return the summary of a report for the terminal."""
    head = Text(
        f"{report.service}, {report.district}: {period_text(report.period.period)}", style="bold"
    )
    parts: list[RenderableType] = [head, Text()]
    if said := warnings(report):
        parts += [*(Text(words, style="bold") for words in said), Text()]
    if report.num_visits:
        legend = _("{missed} target not reached, {hidden} hidden, {none} not known").format(
            missed=MISSED, hidden=HIDDEN, none=NO_VALUE
        )
        rows = (*report.period.municipalities, *report.period.areas, report.period.district)
        few = [few_note()] if any(few_text(f) for row in rows for f in row.figures) else []
        notes = Text("; ".join([legend, *few, *notes_of(report)]) + ".", style="dim")
        parts += [_rows_table(report.period), Text(), notes, Text()]
    else:
        parts += [
            Text(_("No visit is logged up to then, so that there is little to tell.")),
            Text(),
        ]
    parts += [_scorecard(report), Text()]
    if report.costs:
        parts += [_costs(report), Text()]
    told = (*remains_text(report), *hidden_text(report), *frozen_text(report))
    parts += [Text(text) for text in told]
    return Group(*parts)


def render_coverage_json(report: CoverageReport) -> str:
    """Return a report as JSON; persons in small numbers are hidden there, too."""
    frozen = report.frozen and asdict(report.frozen)
    if frozen:
        for day in ("made_on", "removed_on"):
            frozen[day] = frozen[day] and str(frozen[day])
    body = {
        **content_of(report),
        "made_on": report.made_on.isoformat(),
        "digest": report.digest,
        "frozen": frozen,
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def render_differences(some: Sequence[Difference]) -> RenderableType:
    """Return what is otherwise today than in a frozen report, a line each."""
    table = _table(_("Where"), _("Figure"), _("frozen"), _("today"))
    for one in some:
        figure = Figure(name=one.name, value=0.0)
        table.add_row(
            escape(one.row) + (f" ({_('year')})" if one.part == "year" else ""),
            figure_name(one.name),
            *(
                NO_VALUE if value is None else number_of(value, figure.unit)
                for value in (one.was, one.now)
            ),
        )
    return table
