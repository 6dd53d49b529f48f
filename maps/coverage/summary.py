"""What a manager reads first: what is reached, what is not, what has changed, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geodata.language import translator
from maps import wording
from maps.coverage.shades import FIGURE, sorted_rows
from tours.coverage.figure import Figure, Row
from tours.coverage.names import figure_name, unit_text
from tours.coverage.report import CoverageReport
from tours.coverage.words import is_near, number_of, target_text

_ = translator("maps")

# So many names are said, the others are counted.
MOST_NAMES = 6
# Units that stand behind the number already.
_COMPLETE = ("share", "euro_per_hour")
NOT_ITS_TASK = ("no_population", "not_served")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the word that it is found by.

    Attributes
    ----------
    lead, text : str
    """

    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Total:
    """A number that says how much was done.

    Attributes
    ----------
    value, label : str
    """

    value: str
    label: str


def value_said(figure: Figure, *, unit: bool = True) -> str:
    """Return a value as it is said: “≈ 52,3 h je 1000”, “knapp 90 %”; empty without one."""
    if figure.value is None:
        return ""
    number = number_of(figure.value, figure.unit)
    if is_near(figure):
        near = _("just over {number}") if figure.is_ceiling else _("just under {number}")
        number = near.format(number=number)
    if unit and figure.unit not in _COMPLETE:
        number = f"{number}\xa0{unit_text(figure.unit)}".strip()
    return f"≈\xa0{number}" if figure.is_estimate else number


def scorecard_figures(report: CoverageReport) -> list[tuple[Figure, Figure]]:
    """Return the figures of the district: of the period, and of the 52 weeks."""
    return [
        pair for group in report.scorecard for pair in zip(group.period, group.year, strict=True)
    ]


def summary(report: CoverageReport) -> tuple[str, list[Sentence]]:
    """Return the headline, and what stands below it."""
    figures = [figure for figure, _year in scorecard_figures(report)]
    with_target = [figure for figure in figures if figure.target is not None]
    met = [figure for figure in with_target if figure.is_met]
    unmet = [figure for figure in with_target if figure.is_met is False]
    open_ = [figure for figure in with_target if figure.is_met is None]
    if with_target:
        headline = _("{met} of {all} targets reached").format(met=len(met), all=len(with_target))
    else:
        headline = _("No targets are set")
    gone = [figure for figure in figures if figure.reason == "removed"]
    if gone:
        headline = _("{headline}; not known any more: {n}").format(headline=headline, n=len(gone))
    open_ += [figure for figure in gone if figure not in open_]
    found = []
    if met:
        found.append(Sentence(_("Reached"), _listed([_short(figure) for figure in met])))
    if unmet:
        found.append(Sentence(_("Not reached"), _listed([_against(figure) for figure in unmet])))
    if open_:
        names = [figure_name(figure.name) for figure in open_]
        found.append(Sentence(_("Without a value"), _listed(names)))
    found.append(Sentence(_("Changed"), _changes(figures)))
    found += _where(report.period.municipalities)
    return headline, found


def totals(report: CoverageReport) -> list[Total]:
    """Return how much was done in the period."""
    district = report.period.district
    found = []
    for name in ("visits", "service_hours", "contacts"):
        figure = district.figure(name)
        value = number_of(figure.value, figure.unit) if figure.value is not None else "–"
        label = _("{name} (hidden)") if figure.reason == "hidden" else "{name}"
        found.append(Total(value, label.format(name=figure_name(name))))
    ours = [row for row in report.period.municipalities if is_its_task(row)]
    visited = sum(bool(row.figure("visits").value) for row in ours)
    found.append(
        Total(
            "–"
            if any(_is_removed(row) for row in ours)
            else _("{visited} of {all}").format(visited=visited, all=len(ours)),
            _("municipalities visited"),
        )
    )
    return found


def is_its_task(row: Row) -> bool:
    """Tell whether the service is there for a municipality, and somebody lives there."""
    return row.figure(FIGURE).reason not in NOT_ITS_TASK


def _is_removed(row: Row) -> bool:
    """Tell whether nobody knows any more if there were visits."""
    return row.figure("visits").reason == "removed"


def _short(figure: Figure) -> str:
    return f"{figure_name(figure.name)} ({_on_one_line(figure)})"


def _on_one_line(figure: Figure) -> str:
    return value_said(figure, unit=figure.unit == "weeks").replace(" ", "\xa0")


def _against(figure: Figure) -> str:
    return _("{name} ({value} instead of {target})").format(
        name=figure_name(figure.name),
        value=_on_one_line(figure),
        target=target_text(figure).replace(" ", "\xa0"),
    )


def _listed(parts: Sequence[str]) -> str:
    return f"{'; '.join(parts)}."


def _changes(figures: Sequence[Figure]) -> str:
    up = [figure_name(figure.name) for figure in figures if figure.trend == "up"]
    down = [figure_name(figure.name) for figure in figures if figure.trend == "down"]
    flat = any(figure.trend == "flat" for figure in figures)
    parts = []
    if up:
        parts.append(_("Risen: {names}.").format(names="; ".join(up)))
    if down:
        parts.append(_("Fallen: {names}.").format(names="; ".join(down)))
    if flat and parts:
        parts.append(_("Other differences from the period before may be chance."))
    elif flat:
        parts.append(_("All differences from the period before may be chance."))
    return " ".join(parts) or _("A comparison with the period before is not possible.")


def _where(municipalities: Sequence[Row]) -> list[Sentence]:
    rows = [row for row in sorted_rows(municipalities) if is_its_task(row)]
    empty = [row for row in rows if not (row.figure("visits").value or _is_removed(row))]
    low = [row for row in rows if row.figure(FIGURE).is_met is False and row not in empty]
    parts = []
    if low:
        parts.append(_("below the target of hours per 1000: {names}").format(names=_named(low)))
    if empty:
        parts.append(_("without a visit: {names}").format(names=_named(empty)))
    if parts:
        text = "; ".join(parts)
        return [Sentence(_("Municipalities"), f"{text[0].upper()}{text[1:]}.")]
    if any(row.figure(FIGURE).is_met for row in rows):
        text = _("All reach the target of hours per 1000.")
        return [Sentence(_("Municipalities"), text)]
    return []


def _named(rows: Sequence[Row]) -> str:
    names = [row.name for row in rows]
    if len(names) <= MOST_NAMES + 1:
        return ", ".join(names)
    return _("{names} and {n} others").format(
        names=", ".join(names[:MOST_NAMES]), n=wording.number(len(names) - MOST_NAMES)
    )
