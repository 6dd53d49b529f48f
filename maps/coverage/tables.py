"""The tables of the coverage report about the district, its funders and its months."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from geodata.language import translator
from maps.coverage.cells import (
    HIDDEN,
    NONE,
    Cell,
    Column,
    Table,
    estimate_note,
    reason_cell,
    result_cell,
    sign_notes,
    sums_notes,
    trend_cell,
    trend_notes,
    value_notes,
)
from maps.coverage.shades import name_order
from maps.coverage.summary import scorecard_figures, value_said
from tours.coverage.figure import Figure
from tours.coverage.names import figure_name, group_name
from tours.coverage.report import CountTable, CoverageReport, FunderCost
from tours.coverage.words import (
    base_text,
    euro_text,
    interval_text,
    month_text,
    number_of,
    period_text,
    target_text,
    year_text,
)

_ = translator("maps")

# What has to be known beside a single figure.
OWN_NOTES = (*("as_planned", "gap_at_least", "gap_until_use", "gap_without_place", "short_weeks"),)
# A page has room for so many months.
MOST_MONTHS = 9


def abouts(report: CoverageReport) -> tuple[str, str]:
    """Return what days the tables of the period are of, and those of the year."""
    days = period_text(report.year.period)
    year = _("{year}: {days}").format(year=year_text(report), days=days)
    return period_text(report.period.period), year


def scorecard_table(report: CoverageReport) -> Table:
    """Return target, actual and trend of the district."""
    figures = scorecard_figures(report)
    rows = []
    for figure, year in figures:
        best = ""
        if figure.best is not None:
            best = _("at best {n}").format(n=number_of(figure.best, figure.unit))
        rows.append(
            (
                Cell(figure_name(figure.name)),
                _value(figure, base=_cost_base(figure, [one.budget for one in report.costs])),
                Cell(target_text(figure) or NONE, sub=best),
                result_cell(figure),
                trend_cell(figure),
                replace(_value(year, unit=False), sub=""),
            )
        )
    columns = (
        Column(_("Figure"), 3.7, is_text=True),
        Column(_("Actual"), 1.8),
        Column(_("Target"), 1.8),
        Column(_("Result"), 1.85, is_text=True),
        Column(_("Trend"), 1.35, is_text=True),
        Column(year_text(report), 1.05),
    )
    return Table(
        "scorecard",
        _("Targets and results of the district"),
        period_text(report.period.period),
        columns,
        tuple(rows),
        notes=(
            *estimate_note(pair[0] for pair in figures),
            *value_notes(_with_own_notes(one) for pair in figures for one in pair),
            *sign_notes(one for pair in figures for one in pair),
            *sums_notes(one for pair in figures for one in pair),
            *trend_notes(pair[0] for pair in figures),
        ),
    )


def _with_own_notes(figure: Figure) -> Figure:
    """Return a figure with what is to be known of it alone; what is of all is told elsewhere."""
    if figure.name == "cost_per_hour":
        return figure
    return replace(figure, notes=tuple(note for note in figure.notes if note in OWN_NOTES))


def _cost_base(figure: Figure, budgets: Sequence[float | None]) -> str:
    """Return which budget for how many hours the cost of an hour is; empty for other figures."""
    if figure.name != "cost_per_hour" or not figure.value:
        return ""
    budget = sum(one or 0.0 for one in budgets)
    return _("{budget} for {n} h").format(
        budget=euro_text(budget), n=number_of(budget / figure.value, "hours")
    )


def _value(figure: Figure, *, unit: bool = True, base: str = "") -> Cell:
    if figure.value is None:
        return reason_cell(figure.reason)
    return Cell(value_said(figure, unit=unit), sub=base or base_text(figure))


def cost_tables(report: CoverageReport) -> list[Table]:
    """Return what each funder pays and gets: in the period, and in the 52 weeks."""
    if not report.costs:
        return []
    period = [(*_funder(one), *_paid(one.budget, one.hours, one.cost)) for one in report.costs]
    year = [
        (*_funder(one), *_paid(one.year_budget, one.year_hours, one.year_cost))
        for one in report.costs
    ]
    columns = (
        Column(_("Funder"), 3.6, is_text=True),
        Column(_("Budget a year"), 1.3),
        Column(_("Budget"), 1.1),
        Column(_("Hours on site"), 0.95),
        Column(_("Cost per hour"), 1.1),
        Column(_("Target"), 1.7),
        Column(_("Result"), 2.0, is_text=True),
    )
    costs = [one.cost for one in report.costs], [one.year_cost for one in report.costs]
    share = Cell(_("Budget: that of a year for the days that have been and that the log covers."))
    return [
        Table(
            id_,
            _("Costs per funder"),
            said,
            columns,
            tuple(rows),
            notes=(share, *value_notes(which), *sign_notes(which), *sums_notes(which)),
        )
        for id_, said, rows, which in zip(
            ("costs-0", "costs-1"), abouts(report), (period, year), costs, strict=True
        )
    ]


def _funder(one: FunderCost) -> tuple[Cell, Cell]:
    return (
        Cell(one.name, sub=_paid_for(one)),
        Cell(euro_text(one.budget_a_year), sub=_agreed(one)),
    )


def _paid(
    budget: float | None, hours: float | None, cost: Figure
) -> tuple[Cell, Cell, Cell, Cell, Cell]:
    return (
        reason_cell("removed") if budget is None else Cell(euro_text(budget)),
        reason_cell("removed") if hours is None else Cell(number_of(hours, "hours")),
        _value(cost),
        Cell(target_text(cost) or NONE),
        result_cell(cost),
    )


def _paid_for(one: FunderCost) -> str:
    if one.areas:
        return ", ".join(one.areas)
    if one.share is not None:
        return _("{share} of everything").format(share=number_of(one.share, "share"))
    return _("everything")


def _agreed(one: FunderCost) -> str:
    if one.hours_a_year is None:
        return ""
    return _("for {n} h").format(n=number_of(one.hours_a_year, "count"))


def count_tables(
    report: CoverageReport, table: CountTable, names: Mapping[str, str]
) -> list[Table]:
    """Return counts of persons by municipality and month; many months in several tables.

    Parameters
    ----------
    report : CoverageReport
    table : CountTable
    names : Mapping of str to str
        Of municipalities, by key.
    """
    title = {
        "contacts": _("Contacts per month"),
        "new": _("New contacts per month"),
    }.get(table.name, table.name)
    lines = sorted(
        zip(table.rows, table.counts, table.row_totals, strict=True),
        key=lambda line: (not line[0], name_order(names.get(line[0], line[0]))),
    )
    heads = [names.get(ags, ags) if ags else _("other municipalities") for ags, *_more in lines]
    columns = [month_text(month) for month in table.months] + [_("Together")]
    counts = [[*counts, total] for _ags, counts, total in lines]
    counts.append([*table.month_totals, table.total])
    size = math.ceil(len(columns) / math.ceil(len(columns) / MOST_MONTHS))
    found = []
    for start in range(0, len(columns), size):
        part = slice(start, start + size)
        rows = tuple(
            (Cell(head), *map(_count, line[part]))
            for head, line in zip((*heads, _("Together")), counts, strict=True)
        )
        has_hidden = any(None in line[part] for line in counts)
        found.append(
            Table(
                f"months-{table.name}-{start}",
                title,
                period_text(report.period.period),
                (
                    Column(_("Municipality"), 2.9, is_text=True),
                    *(Column(head) for head in columns[part]),
                ),
                rows,
                last_is_total=True,
                notes=(Cell(hidden_sign(report)),) if has_hidden else (),
            )
        )
    return found


def hidden_sign(report: CoverageReport) -> str:
    """Say what the sign of a hidden count means."""
    return _("{sign} hidden: below {n}, or what would give such a number away").format(
        sign=HIDDEN, n=report.hidden.smallest
    )


def _count(count: int | None) -> Cell:
    if count is None:
        return Cell(HIDDEN, said=_("hidden"))
    return Cell(number_of(count, "count"))


def views(report: CoverageReport) -> list[Table]:
    """Return the four views of the balanced scorecard."""
    budgets = [one.budget for one in report.costs]
    year_budgets = [one.year_budget for one in report.costs]
    found = []
    for group in report.scorecard:
        rows = []
        for figure, year in zip(group.period, group.year, strict=True):
            rows.append(
                (
                    Cell(figure_name(figure.name), sub=interval_text(figure)),
                    _value(figure, base=_cost_base(figure, budgets)),
                    _value(year, unit=False, base=_cost_base(year, year_budgets)),
                    Cell(target_text(figure) or NONE),
                    result_cell(figure),
                )
            )
        columns = (
            Column(_("Figure"), 3.7, is_text=True),
            Column(_("Period"), 1.8),
            Column(year_text(report), 1.1),
            Column(_("Target"), 1.8),
            Column(_("Result"), 1.85, is_text=True),
        )
        name = group_name(group.name)
        both = (*group.period, *group.year)
        notes = (*estimate_note(both), *sign_notes(both))
        found.append(Table(f"view-{group.name}", name, "", columns, tuple(rows), notes=notes))
    return found
