"""Which figures of a report come from sums of months, and which went with the visits."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import translator
from tours.coverage.figure import UNITS, Coverage
from tours.coverage.names import figure_name
from tours.coverage.report import CoverageReport
from tours.coverage.words import year_text

_ = translator("tours")


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of the figures of a period whose visits were removed.

    Attributes
    ----------
    summed : tuple of str
        Names of figures that come from sums of months.
    missing : tuple of str
        Names of figures that are not known any more.
    is_cut : bool
        Whether nothing is known, since the period cuts a month of which only the sum is left.
    """

    summed: tuple[str, ...]
    missing: tuple[str, ...]
    is_cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.summed or self.missing)


def remains_of(coverage: Coverage) -> Remains:
    """Return what is left of the figures of a period."""
    rows = (*coverage.municipalities, *coverage.areas, coverage.district)
    figures = [figure for row in rows for figure in row.figures]
    summed = {figure.name for figure in figures if "month_sums" in figure.notes}
    missing = {figure.name for figure in figures if figure.reason == "removed"} - summed
    return Remains(
        tuple(name for name in UNITS if name in summed),
        tuple(name for name in UNITS if name in missing),
        coverage.district.figure("visits").reason == "removed",
    )


def remains_text(report: CoverageReport) -> list[str]:
    """Say of the period and of the year which figures come from sums, and which are missing."""
    now, year = remains_of(report.period), remains_of(report.year)
    period, whole = _("Period"), year_text(report)
    if not now or not year or now.is_cut or year.is_cut:
        return [*_said(period, now), *_said(whole, year)]
    # What one of them hides is said with the other: it comes from sums in both.
    missing = {*now.missing, *year.missing}
    summed = {*now.summed, *year.summed} - missing
    both = Remains(
        tuple(name for name in UNITS if name in summed),
        tuple(name for name in now.missing if name in year.missing),
    )
    return [
        *_said(_("Period and {year}").format(year=whole), both),
        *_said(period, _beyond(now, both)),
        *_said(whole, _beyond(year, both)),
    ]


def _beyond(one: Remains, both: Remains) -> Remains:
    return Remains(
        tuple(name for name in one.summed if name not in both.summed),
        tuple(name for name in one.missing if name not in both.missing),
    )


def _said(part: str, one: Remains) -> list[str]:
    if one.is_cut:
        text = _(
            "{part}: no figures, since a month of which only the sum is left lies in it in part."
        )
        return [text.format(part=part)]
    texts = (_("{part}, from sums of months: {names}."), _("{part}, not known any more: {names}."))
    return [
        text.format(part=part, names="; ".join(map(figure_name, names)))
        for text, names in zip(texts, (one.summed, one.missing), strict=True)
        if names
    ]
