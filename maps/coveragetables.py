"""The tables of the coverage report, in words, for paper and for the screen alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geodata.language import translator
from maps.coverageshades import name_order, sorted_rows
from maps.coveragesummary import scorecard_figures, value_said
from tours.coverage import CountTable, Coverage, CoverageReport, Figure, FunderCost, Row
from tours.coveragewords import (
    euro_text,
    figure_name,
    group_name,
    interval_text,
    kind_name,
    met_text,
    month_text,
    number_of,
    period_text,
    reason_text,
    target_text,
    year_text,
)

_ = translator("maps")

# What stands in the place of a figure that is not there.
HIDDEN, NONE, MISSING, NOT_MEANT = "•", "–", "…", "×"
SIGNS = {
    "hidden": HIDDEN,
    "no_visit": NONE,
    "no_hours": NONE,
    "no_contacts": NONE,
    "nothing_announced": NONE,
    "no_place": NONE,
    "no_youth": MISSING,
    "no_walks": MISSING,
    "no_budget": MISSING,
    "not_here": NOT_MEANT,
    "no_population": NOT_MEANT,
    "not_served": NOT_MEANT,
    "not_valid": NOT_MEANT,
}


# A figure that has no other reason than these in any row gets no column.
UNSHOWN = ("not_here", "no_population", "not_served", "not_valid", "no_walks", "no_budget")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
    sub : str
        Small, below the text.
    sign : str
        One of `maps.coveragesigns.SIGNS`, drawn before the text, or empty.
    said : str
        What the sign or a lone character means, for who does not see it.
    """

    text: str
    sub: str = ""
    sign: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    head : str
    share : float
        Of the width, compared with the other columns.
    is_text : bool
        Whether it is set from the left, not from the right.
    """

    head: str
    share: float = 1.0
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the report.

    Attributes
    ----------
    id, title, about : str
    columns : tuple of Column
    rows : tuple of tuple of Cell
    head : int
        Position of the column that names the row.
    last_is_total : bool
    notes : tuple of Cell
        What its signs mean, and what has to be known.
    """

    id: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: int = 0
    last_is_total: bool = False
    notes: tuple[Cell, ...] = ()

    @property
    def width(self) -> float:
        """Sum of the columns' shares."""
        return sum(column.share for column in self.columns)


def reason_cell(reason: str) -> Cell:
    """Return the sign in place of a figure."""
    return Cell(SIGNS[reason], said=reason_text(reason))


def figure_cell(figure: Figure) -> Cell:
    """Return a figure where its column says what it is; one that fails its target is marked."""
    if figure.value is None:
        return reason_cell(figure.reason)
    text = number_of(figure.value, figure.unit)
    is_unmet = figure.is_met is False
    if figure.target is not None and is_unmet and text == number_of(figure.target, figure.unit):
        text = f"{'>' if figure.is_ceiling else '<'}\xa0{text}"
    sub = interval_text(figure) if figure.name == "contacts_per_hour" else ""
    said = _("target not reached") if is_unmet else ""
    return Cell(text, sub, "missed" if is_unmet else "", said)


def result_cell(figure: Figure) -> Cell:
    """Return whether a target is reached, in words and with a sign."""
    if figure.is_met is None:
        return Cell(NONE if figure.value is None else _("no target"))
    return Cell(met_text(figure), sign="met" if figure.is_met else "unmet")


def trend_cell(figure: Figure) -> Cell:
    """Return how a figure has changed, in words and with a sign."""
    if figure.trend is None:
        return Cell(NONE, said=_("not known"))
    words = {"up": _("risen"), "flat": _("similar"), "down": _("fallen")}
    return Cell(words[figure.trend], sign=figure.trend)


def abouts(report: CoverageReport) -> tuple[str, str]:
    """Return what days the tables of the period are of, and those of the year."""
    days = period_text(report.year.period)
    year = _("{year}: {days}").format(year=year_text(report), days=days)
    return period_text(report.period.period), year


# -- the tables


def scorecard_table(report: CoverageReport) -> Table:
    """Return target, actual and trend of the district."""
    figures = scorecard_figures(report)
    rows = []
    for figure, year in figures:
        actual = Cell(value_said(figure)) if figure.value is not None else _sign(figure)
        best = ""
        if figure.best is not None:
            best = _("at best {n}").format(n=number_of(figure.best, figure.unit))
        rows.append(
            (
                Cell(figure_name(figure.name)),
                actual,
                Cell(target_text(figure) or NONE, sub=best),
                result_cell(figure),
                trend_cell(figure),
                Cell(value_said(year, unit=False)) if year.value is not None else _sign(year),
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
            *_estimates(pair[0] for pair in figures),
            *_notes(one for pair in figures for one in pair),
        ),
    )


def _sign(figure: Figure) -> Cell:
    return reason_cell(figure.reason)


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
    share = Cell(_("Budget: that of a year by the days of the period."))
    return [
        Table(id_, _("Costs per funder"), said, columns, tuple(rows), notes=(share, *_notes(which)))
        for id_, said, rows, which in zip(
            ("costs-0", "costs-1"), abouts(report), (period, year), costs, strict=True
        )
    ]


def _funder(one: FunderCost) -> tuple[Cell, Cell]:
    return (
        Cell(one.name, sub=_paid_for(one)),
        Cell(euro_text(one.budget_a_year), sub=_agreed(one)),
    )


def _paid(budget: float, hours: float, cost: Figure) -> tuple[Cell, Cell, Cell, Cell, Cell]:
    return (
        Cell(euro_text(budget)),
        Cell(number_of(hours, "hours")),
        Cell(value_said(cost)) if cost.value is not None else reason_cell(cost.reason),
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


def count_table(report: CoverageReport, table: CountTable, names: Mapping[str, str]) -> Table:
    """Return counts of persons by municipality and month, small ones hidden.

    Parameters
    ----------
    report : CoverageReport
    table : CountTable
    names : Mapping of str to str
        Of municipalities, by key.
    """
    lines = sorted(
        zip(table.rows, table.counts, table.row_totals, strict=True),
        key=lambda line: (not line[0], name_order(names.get(line[0], line[0]))),
    )
    rows = [
        (
            Cell(names.get(ags, ags) if ags else _("other municipalities")),
            *map(_count, counts),
            _count(total),
        )
        for ags, counts, total in lines
    ]
    rows.append((Cell(_("Together")), *map(_count, table.month_totals), _count(table.total)))
    title = {
        "contacts": _("Contacts per month"),
        "new": _("New contacts per month"),
    }.get(table.name, table.name)
    cells = (*(c for counts in table.counts for c in counts), *table.row_totals)
    has_hidden = None in (*cells, *table.month_totals, table.total)
    return Table(
        f"months-{table.name}",
        title,
        period_text(report.period.period),
        (
            Column(_("Municipality"), 2.9, is_text=True),
            *(Column(month_text(month)) for month in table.months),
            Column(_("Together")),
        ),
        tuple(rows),
        last_is_total=True,
        notes=(Cell(hidden_sign(report)),) if has_hidden else (),
    )


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
    found = []
    for group in report.scorecard:
        rows = []
        for figure, year in zip(group.period, group.year, strict=True):
            rows.append(
                (
                    Cell(figure_name(figure.name), sub=interval_text(figure)),
                    Cell(value_said(figure)) if figure.value is not None else _sign(figure),
                    Cell(value_said(year, unit=False)) if year.value is not None else _sign(year),
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
        notes = (*_estimates(both), *_notes(both))
        found.append(Table(f"view-{group.name}", name, "", columns, tuple(rows), notes=notes))
    return found


# -- parts


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
    return (*notes, *_notes(figures), estimate)


def _estimates(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    is_there = any(figure.is_estimate and figure.value is not None for figure in figures)
    return (Cell(_("≈ estimate")),) if is_there else ()


def _notes(figures: Iterable[Figure]) -> tuple[Cell, ...]:
    """Return what the signs in place of figures mean, those that occur."""
    found: dict[str, list[str]] = {}
    for figure in figures:
        if figure.reason:
            words = found.setdefault(SIGNS[figure.reason], [])
            if reason_text(figure.reason) not in words:
                words.append(reason_text(figure.reason))
    return tuple(Cell(f"{sign} {', '.join(words)}") for sign, words in found.items())
