"""Values, targets and periods of coverage in words, and what a report hides."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_currency

from geodata.language import translator
from tours.coverage.figure import Figure
from tours.coverage.periods import Period
from tours.coverage.report import CoverageReport
from tours.dates import locale, numeric_date
from tours.timetable import number_text

_ = translator("tours")

ARROWS = {"up": "↑", "flat": "→", "down": "↓"}
# A share of fewer cases is told by these.
FEW = 10
# Decimals of what is not a share or money.
_DECIMALS = {"hours": 1, "count": 0, "gini": 2, "per_hour": 2, "weeks": 0}


def number_of(value: float, unit: str) -> str:
    """Return a value without its unit; a share with its per cent sign."""
    if unit == "share":
        return _("{number} %").format(number=number_text(100 * value, 0))
    if unit == "euro_per_hour":
        return euro_text(value)
    return number_text(value, _DECIMALS.get(unit, 1))


def euro_text(value: float) -> str:
    """Return an amount in whole euro."""
    return str(
        format_currency(
            round(value), "EUR", format="#,##0\xa0¤", locale=locale(), currency_digits=False
        )
    )


def value_text(figure: Figure) -> str:
    """Return the value of a figure with its trend, or a dash; an estimate has “≈”."""
    if figure.value is None:
        return "–"
    mark = "≈ " if figure.is_estimate else ""
    arrow = f" {ARROWS[figure.trend]}" if figure.trend else ""
    return f"{mark}{short_value(figure)}{arrow}"


def is_near(figure: Figure) -> bool:
    """Tell whether a figure fails its target and is written as that: 89.6 % as 90 %."""
    if figure.value is None or figure.target is None or figure.is_met:
        return False
    return number_of(figure.value, figure.unit) == number_of(figure.target, figure.unit)


def short_value(figure: Figure) -> str:
    """Return the value of a figure without its unit, “< 90 %” for one that is near its target."""
    if figure.value is None:
        return "–"
    text = number_of(figure.value, figure.unit)
    return f"{'>' if figure.is_ceiling else '<'}\xa0{text}" if is_near(figure) else text


def base_text(figure: Figure) -> str:
    """Return how many of how many a share is, “45 of 50, 3 open”; empty for others."""
    if figure.base is None:
        return ""
    part, whole = (number_of(number, "count") for number in figure.base)
    text = _("{part} of {whole}").format(part=part, whole=whole)
    if not figure.num_open:
        return text
    return _("{text}, {number} open").format(text=text, number=number_of(figure.num_open, "count"))


def few_text(figure: Figure) -> str:
    """Return a share of few cases as these, “1/1”: as per cent it says more than it knows.

    Empty for others.
    """
    if figure.base is None or figure.base[1] >= FEW:
        return ""
    return "{}/{}".format(*figure.base)


def few_note() -> str:
    """Say what a share of few cases stands for."""
    return _("1/2: 1 of 2, where there are fewer than {number} cases").format(number=FEW)


def target_text(figure: Figure) -> str:
    """Return the target of a figure, “at least 90 %”; empty without one."""
    if figure.target is None:
        return ""
    number = number_of(figure.target, figure.unit)
    return (_("at most {number}") if figure.is_ceiling else _("at least {number}")).format(
        number=number
    )


def interval_text(figure: Figure) -> str:
    """Return the interval of a figure, “1.30 to 2.04”; empty without one."""
    if figure.low is None or figure.high is None:
        return ""
    return _("{low} to {high}").format(
        low=number_of(figure.low, figure.unit), high=number_of(figure.high, figure.unit)
    )


def met_text(figure: Figure) -> str:
    """Say whether the target is reached; empty where that is not known."""
    if figure.is_met is None:
        return ""
    return _("reached") if figure.is_met else _("not reached")


def month_text(day: dt.date) -> str:
    """Return the month of a day, “Juli 2026”."""
    return str(format_date(day, "LLLL yyyy", locale=locale()))


def period_text(period: Period) -> str:
    """Return “3rd quarter of 2026” or the first and the last day."""
    if period.name:
        year, _dash, quarter = period.name.partition("-Q")
        return _("quarter {quarter} of {year}").format(quarter=quarter, year=year)
    return _("{first} to {last}").format(
        first=numeric_date(period.first), last=numeric_date(period.last)
    )


def year_text(report: CoverageReport) -> str:
    """Return what the year up to the end of the period is called."""
    return _("4 quarters") if report.period.period.name else _("52 weeks")


def hidden_text(report: CoverageReport) -> list[str]:
    """Say what the report hides, and why: some sentences."""
    hidden = report.hidden
    rule = _(
        "So that nobody can be recognised, numbers of persons from 1 to {largest} are hidden, and "
        "so are others from which these could be reckoned, and all rates made of them."
    ).format(largest=hidden.smallest - 1)
    if not hidden:
        return [rule, _("In this report there was nothing to hide.")]
    found = [rule]
    if hidden.num_cells:
        found.append(
            _("Cells hidden in the tables by month: {number}.").format(number=hidden.num_cells)
        )
    if hidden.rows:
        names = {
            row.id: row.name
            for part in (report.period, report.year)
            for row in (*part.municipalities, *part.areas)
        }
        found.append(
            _("Contacts are hidden, in the period or in the year, for: {names}.").format(
                names=", ".join(dict.fromkeys(names.get(row, row) for row in hidden.rows))
            )
        )
    found.append(
        _(
            "Contacts of four quarters are shown where each of them was shown. This holds as long "
            "as reports are made of whole quarters: those of many other periods can be set "
            "against each other."
        )
    )
    return found
