"""Coverage in words: names of figures, what they mean, and why one is not there."""

from __future__ import annotations

import datetime as dt

from babel.dates import format_date
from babel.numbers import format_currency

from geodata.language import current_language, translator
from tours.coverage import Figure
from tours.coverageperiods import Period
from tours.coveragereport import CoverageReport
from tours.dates import locale
from tours.timetable import number_text

_ = translator("tours")

ARROWS = {"up": "↑", "flat": "→", "down": "↓"}
# Decimals of what is not a share or money.
_DECIMALS = {"hours": 1, "count": 0, "gini": 2, "per_hour": 2, "weeks": 1}


def figure_name(name: str) -> str:
    """Return what a figure is called."""
    return {
        "service_hours": _("Service hours"),
        "visits": _("Visits to places"),
        "hours_per_1000": _("Service hours per 1000 young people"),
        "reach": _("Young people within a 15 minutes' walk"),
        "access": _("Hours a week within a walk, per 1000"),
        "longest_gap": _("Longest time without a visit"),
        "kept": _("Announced stops that took place"),
        "punctual": _("Punctual arrivals"),
        "contacts": _("Contacts"),
        "contacts_per_hour": _("Contacts per hour"),
        "share_new": _("Share of new contacts"),
        "exploration": _("Places seen in 26 weeks"),
        "equity": _("Inequality between municipalities"),
        "cost_per_hour": _("Cost per service hour"),
        "completeness": _("Visits logged within 48 hours"),
    }[name]


def short_name(name: str) -> str:
    """Return the name of a figure for the head of a narrow column."""
    return {
        "service_hours": _("On site"),
        "visits": _("Visits"),
        "hours_per_1000": _("h/1000"),
        "reach": _("Reach"),
        "access": _("Walk h/1000"),
        "longest_gap": _("Gap, wk"),
        "kept": _("Kept"),
        "punctual": _("Punctual"),
        "contacts": _("Contacts"),
        "contacts_per_hour": _("per hour"),
        "share_new": _("New"),
        "exploration": _("Seen"),
        "equity": _("Gini"),
        "cost_per_hour": _("€/h"),
        "completeness": _("Logged"),
    }[name]


def definition(name: str) -> str:
    """Say in one sentence how a figure is reckoned."""
    return {
        "service_hours": _(
            "Hours on site for young people: from the published start, or from the arrival if "
            "that was later, to the departure."
        ),
        "visits": _("Visits that took place."),
        "hours_per_1000": _(
            "Service hours of the period by 1000 young people of the service's ages; how many "
            "live in a municipality is estimated from its population."
        ),
        "reach": _(
            "Share of young people within a 15 minutes' walk of a place that was served on two "
            "days or more in 4 weeks, on average; beside it the most that as many places could "
            "reach."
        ),
        "access": _(
            "Service hours a week that young people can walk to, shared among all who can; 5 "
            "minutes count 1, 10 minutes 0.68, 15 minutes 0.22 (E2SFCA, Luo and Qi 2009)."
        ),
        "longest_gap": _(
            "Weeks from one visit to the next, the longest of the period; of an area and of the "
            "district that of the municipality that waited longest."
        ),
        "kept": _("Of the announced stops that are logged, those that took place."),
        "punctual": _("Of those that took place, arrivals at most 10 minutes after the start."),
        "contacts": _("Young people met, counted at each visit; one person may count often."),
        "contacts_per_hour": _(
            "Contacts by service hours, and between what the true rate lies in four of five cases."
        ),
        "share_new": _("Of all contacts, those for the first time; not for municipalities."),
        "exploration": _(
            "Of all meeting places in use or at rest, those visited in 26 weeks; places that were "
            "retired since count if they were visited or announced in them."
        ),
        "equity": _(
            "Gini coefficient of the service hours per 1000 young people, each municipality "
            "weighted by them: 0 is the same for all, 1 is all for one."
        ),
        "cost_per_hour": _("Budget of the period by the service hours that it pays for."),
        "completeness": _(
            "Of all stops that were announced or logged, those written down within 48 hours."
        ),
    }[name]


def unit_text(unit: str) -> str:
    """Return a unit, as it stands behind a number."""
    return {
        "hours": _("h"),
        "count": "",
        "hours_per_1000": _("h per 1000"),
        "share": "%",
        "hours_a_week_per_1000": _("h a week per 1000"),
        "weeks": _("weeks"),
        "per_hour": _("per hour"),
        "gini": "",
        "euro_per_hour": _("€ per hour"),
    }[unit]


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
    return f"{mark}{number_of(figure.value, figure.unit)}{arrow}"


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


def reason_text(reason: str) -> str:
    """Say why there is no figure."""
    return {
        "hidden": _("hidden: small numbers"),
        "not_here": _("not reckoned here"),
        "removed": _("the visits were removed from the log"),
        "no_visit": _("no visit"),
        "no_hours": _("no service hours"),
        "no_contacts": _("no contacts"),
        "nothing_announced": _("no announced stop is logged"),
        "no_youth": _("number of young people not known"),
        "no_population": _("nobody lives there"),
        "no_place": _("no meeting place"),
        "not_served": _("others are responsible"),
        "not_valid": _("not in this period"),
        "no_walks": _("not reckoned: footpaths and homes are not loaded"),
        "no_budget": _("no budget in region.toml"),
    }[reason]


def note_text(note: str) -> str:
    """Say what has to be known beside a figure."""
    return {
        "walks_estimated": _("walking times are estimated"),
        "homes_unknown": _(
            "where residential areas are not known, people are spread over the municipality"
        ),
        "partly_valid": _("the area exists in a part of the period only"),
        "not_over": _("the period is not over"),
        "open_stops": _("announced stops that nobody has logged are left out"),
        "short_log": _("the log begins within the period"),
        "short_budget": _("only the budget of the days since the log begins is counted"),
        "log_ends": _("nothing is logged in the last four weeks, so that hours may be missing"),
        "open_hours": _("hours of announced stops that nobody has logged are missing"),
    }[note]


def trend_text(trend: str) -> str:
    """Say what an arrow means."""
    return {
        "up": _("more than in the period before"),
        "flat": _("no change beyond chance"),
        "down": _("less than in the period before"),
    }[trend]


def no_trend_text(reason: str) -> str:
    """Say why there is no arrow."""
    return {
        "former_hidden": _("numbers of the period before are hidden"),
        "former_log": _("the log does not hold all of the period before"),
        "former_none": _("nothing to compare with in the period before"),
        "too_few": _("too few cases to compare"),
        "year": _("contacts of two years are not compared"),
    }[reason]


def group_name(name: str) -> str:
    """Return the name of a view of the balanced scorecard."""
    return {
        "young_people": _("Young people"),
        "process": _("Process"),
        "finance": _("Finance"),
        "learning": _("Network and learning"),
    }[name]


def kind_name(kind: str) -> str:
    """Return what a row is: municipality, area or district."""
    return {
        "municipality": _("Municipality"),
        "focus": _("Focus area"),
        "funding": _("Funding area"),
        "district": _("District"),
    }[kind]


def day_text(day: dt.date) -> str:
    """Return a date as ``30.09.2026``."""
    pattern = "dd.MM.yyyy" if current_language() == "de" else "yyyy-MM-dd"
    return str(format_date(day, pattern, locale=locale()))


def month_text(day: dt.date) -> str:
    """Return the month of a day, “Juli 2026”."""
    return str(format_date(day, "LLLL yyyy", locale=locale()))


def period_text(period: Period) -> str:
    """Return “3rd quarter of 2026” or the first and the last day."""
    if period.name:
        year, _dash, quarter = period.name.partition("-Q")
        return _("quarter {quarter} of {year}").format(quarter=quarter, year=year)
    return _("{first} to {last}").format(first=day_text(period.first), last=day_text(period.last))


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
            _("In the tables by month {number} cells are hidden.").format(number=hidden.num_cells)
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
