"""Which figures of a report come from sums of months, and which went with the visits."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import translator
from tours.coverage import UNITS, Coverage
from tours.coveragenames import figure_name
from tours.coveragereport import CoverageReport
from tours.coveragewords import year_text

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
    is_cut: bool

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
    parts = [(_("Period"), now), (year_text(report), year)]
    if now == year:
        both = _("Period and {year}").format(year=year_text(report))
        parts = [(both, now)]
    return [_said(name, one) for name, one in parts if one]


def _said(part: str, one: Remains) -> str:
    if one.is_cut:
        return _(
            "{part}: no figures, since a month of which only the sum is left lies in it in part."
        ).format(part=part)
    summed, missing = (
        ", ".join(map(figure_name, names)) or "–" for names in (one.summed, one.missing)
    )
    return _("{part}: from sums of months {summed}; not known any more {missing}.").format(
        part=part, summed=summed, missing=missing
    )
