"""The management report as a workbook: figures to go on reckoning with."""

from __future__ import annotations

import io
from collections.abc import Iterator

from geodata.language import translator
from tours.coverage.evidence import frozen_text
from tours.coverage.figure import UNITS, Coverage, Figure, Row
from tours.coverage.names import definition, figure_name, group_name, kind_name, unit_text
from tours.coverage.periods import Period, columns, months
from tours.coverage.reasons import no_trend_text, note_text, reason_text, trend_text
from tours.coverage.remains import remains_text
from tours.coverage.report import CountTable, CoverageReport
from tours.coverage.table import notes_of
from tours.coverage.words import (
    base_text,
    hidden_text,
    month_text,
    period_text,
    target_text,
    year_text,
)
from tours.export.sheetcells import Line, Styled, fill_sheet, head, timeless

_ = translator("tours")

FORMATS = {
    "hours": "#,##0.0",
    "count": "#,##0",
    "hours_per_1000": "#,##0.0",
    "share": "0 %",
    "hours_a_week_per_1000": "#,##0.00",
    "weeks": "0",
    "per_hour": "0.00",
    "gini": "0.00",
    "euro_per_hour": '#,##0 "€"',
}
EURO = '#,##0 "€"'
GOOD_FILL, BAD_FILL, PALE = "DDEFE3", "F8DDD6", "F2F4F5"
NO_VALUE = "–"
# Figures that say how many of how many.
SHARES = ("kept", "punctual", "share_new", "exploration", "completeness")


def _figure(figure: Figure, *, is_marked: bool = True) -> Styled:
    if figure.value is None:
        text = _("hidden") if figure.reason == "hidden" else NO_VALUE
        return Styled(text, is_grey=True, is_right=True)
    fill = {True: GOOD_FILL, False: BAD_FILL, None: ""}[figure.is_met if is_marked else None]
    return Styled(figure.value, FORMATS[figure.unit], fill)


def _number(value: float | None, unit: str) -> Styled:
    return Styled(value, FORMATS[unit])


def _overview(report: CoverageReport) -> Iterator[Line]:
    yield [Styled(f"{report.service}, {report.district}", is_bold=True)]
    yield [_("Period"), period_text(report.period.period)]
    yield [_("Ages"), f"{report.ages[0]}–{report.ages[1]}"]
    yield [_("Made on"), report.made_on]
    yield [_("Digest"), report.digest]
    for text in frozen_text(report):
        yield [Styled(None), text]
    yield []
    yield head(
        *("", _("Period"), _("Target"), _("At best"), _("from"), _("to"), _("Trend")),
        *(year_text(report), _("Target"), _("Unit")),
    )
    for group in report.scorecard:
        yield [Styled(group_name(group.name), is_bold=True, fill=PALE)]
        for now, year in zip(group.period, group.year, strict=True):
            yield [
                figure_name(now.name),
                _figure(now),
                _number(now.target, now.unit),
                _number(now.best, now.unit),
                _number(now.low, now.unit),
                _number(now.high, now.unit),
                _trend(now),
                _figure(year),
                _number(year.target, year.unit),
                unit_text(now.unit) if now.unit not in ("share", "euro_per_hour") else None,
                Styled(_remark(now), is_grey=True),
            ]
    if report.costs:
        yield []
        yield head(
            *(_("Funder"), _("Budget"), _("Service hours"), _("Cost per hour"), _("Target")),
            *(f"{_('Budget')}, {year_text(report)}", _("Service hours"), _("Cost per hour")),
            *("", "", _("Notes")),
        )
    for one in report.costs:
        yield [
            one.name,
            Styled(one.budget, EURO),
            Styled(one.hours, FORMATS["hours"]),
            _figure(one.cost),
            _number(one.cost.target, one.cost.unit),
            Styled(one.year_budget, EURO),
            Styled(one.year_hours, FORMATS["hours"]),
            _figure(one.year_cost),
            *(None, None, Styled(_remark(one.cost, one.year_cost), is_grey=True)),
        ]


def _trend(figure: Figure) -> Styled:
    if figure.no_trend:
        return Styled(f"{NO_VALUE} {no_trend_text(figure.no_trend)}", is_grey=True)
    return Styled(trend_text(figure.trend) if figure.trend else None)


def _remark(*figures: Figure) -> str | None:
    """Return why a figure is not there, or what has to be known beside it."""
    found = [reason_text(figure.reason) for figure in figures if figure.reason]
    found += [base_text(figure) for figure in figures if figure.base]
    found += [note_text(note) for figure in figures for note in figure.notes]
    return "; ".join(dict.fromkeys(found)) or None


def _rows(coverage: Coverage) -> Iterator[Line]:
    yield head(
        *(_("Name"), _("Key"), _("Kind"), _("Young people (estimate)"), *map(figure_name, UNITS)),
        *(_("{figure}: of how many").format(figure=figure_name(name)) for name in SHARES),
    )
    for row in (*coverage.municipalities, *coverage.areas, coverage.district):
        yield _row(row)
    yield []
    targets = [_common_target(coverage, name) for name in UNITS]
    yield [Styled(_("Target"), is_grey=True), None, None, None, *targets]
    yield []
    for name in UNITS:
        rows = (*coverage.municipalities, *coverage.areas, coverage.district)
        for reason in dict.fromkeys(row.figure(name).reason for row in rows):
            if reason and reason != "hidden":
                yield [Styled(figure_name(name), is_grey=True), f"{NO_VALUE} {reason_text(reason)}"]


def _row(row: Row) -> Line:
    is_bold = row.kind == "district"
    return [
        Styled(row.name, is_bold=is_bold),
        row.id if row.kind in ("municipality", "district") else None,
        kind_name(row.kind),
        Styled(row.youth, FORMATS["count"]),
        *(_figure(figure) for figure in row.figures),
        *(Styled(_whole(row.figure(name)), FORMATS["count"]) for name in SHARES),
    ]


def _whole(figure: Figure) -> int | None:
    """Return of how many cases a share is."""
    return figure.base[1] if figure.base else None


def _common_target(coverage: Coverage, name: str) -> Styled:
    """Return the target of a figure where it is the same everywhere."""
    rows = (*coverage.municipalities, *coverage.areas, coverage.district)
    texts = {target_text(row.figure(name)) for row in rows} - {""}
    if len(texts) > 1:
        return Styled(_("one for each"), is_grey=True, is_right=True)
    return Styled(texts.pop() if texts else None, is_grey=True, is_right=True)


def _counts(table: CountTable, names: dict[str, str], period: Period) -> Iterator[Line]:
    heads = [month_text(month) for month in table.months]
    if len(columns(period)) < len(months(period)):
        heads = [period_text(period)]
    yield head(_("Municipality"), *heads, _("Total"))
    for row, counts, total in zip(table.rows, table.counts, table.row_totals, strict=True):
        yield [names.get(row, row) or _("elsewhere"), *map(_count, (*counts, total))]
    yield [
        Styled(_("Total"), is_bold=True),
        *(_count(count) for count in (*table.month_totals, table.total)),
    ]


def _count(count: int | None) -> Styled:
    if count is None:
        return Styled(_("hidden"), is_grey=True, is_right=True)
    return Styled(count, FORMATS["count"])


def _places(report: CoverageReport, names: dict[str, str]) -> Iterator[Line]:
    yield head(
        *(_("Place"), _("Id"), _("Municipality"), _("Status"), _("Visits"), _("On site")),
        *(_("Last visit"), _("Twice in 4 weeks")),
    )
    if not report.places and report.removed_before is not None:
        yield [Styled(reason_text("removed"), is_grey=True)]
    for place in report.places:
        yield [
            place.name,
            place.id,
            names.get(place.ags, place.ags),
            place.status,
            Styled(place.visits, FORMATS["count"]),
            Styled(place.hours, FORMATS["hours"]),
            place.last_visit and month_text(place.last_visit),
            _("yes") if place.is_regular else _("no"),
        ]


def _explanations(report: CoverageReport) -> Iterator[Line]:
    def line(name: str, text: str) -> Line:
        return [name, Styled(text, is_wrapped=True)]

    yield head(_("Figure"), _("How it is reckoned"))
    for name in UNITS:
        yield line(figure_name(name), definition(name))
    yield []
    parts = [
        (_("Hidden"), hidden_text(report)),
        (_("Removed visits"), remains_text(report)),
        (_("Notes"), notes_of(report)),
        (_("Sources"), [report.attribution]),
    ]
    for title, texts in parts:
        for number, text in enumerate(texts):
            yield line("" if number else title, text)


def render_workbook(report: CoverageReport) -> bytes:
    """Return a report as an XLSX workbook, the same bytes for the same report."""
    from openpyxl import Workbook

    names = {row.id: row.name for row in report.period.municipalities}
    sheets: list[tuple[str, str, Iterator[Line]]] = [
        (_("Overview"), "A1", _overview(report)),
        (_("Period"), "B2", _rows(report.period)),
        (year_text(report), "B2", _rows(report.year)),
    ]
    titles = {"contacts": _("Contacts"), "new": _("New contacts")}
    sheets += [
        (titles[table.name], "B2", _counts(table, names, report.period.period))
        for table in report.tables
    ]
    sheets += [
        (_("Places"), "B2", _places(report, names)),
        (_("Explanations"), "A2", _explanations(report)),
    ]
    book = Workbook()
    for number, (title, frozen, lines) in enumerate(sheets):
        sheet = book.worksheets[0] if not number else book.create_sheet()
        sheet.title = title
        fill_sheet(sheet, lines)
        sheet.freeze_panes = frozen
    out = io.BytesIO()
    book.save(out)
    return timeless(out.getvalue())
