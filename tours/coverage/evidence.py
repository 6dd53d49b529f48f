"""What the log says today of a frozen report: the same, other figures, or some no more."""

from __future__ import annotations

import datetime as dt

from geodata.language import translator
from tours.coverage.names import figure_name
from tours.coverage.report import CoverageReport, Frozen
from tours.dates import numeric_date

_ = translator("tours")


def today_text(frozen: Frozen) -> list[str]:
    """Say what the log gives today of the figures that were frozen: some sentences."""
    said = []
    if frozen.removed:
        said.append(removed_text(frozen.removed, frozen.removed_on))
    if frozen.differs:
        names = "; ".join(map(figure_name, frozen.differs))
        said.append(_("The log gives other figures today: {names}.").format(names=names))
    elif frozen.removed:
        said.append(_("The log gives the same today for all others."))
    return said or [_("The log gives the same figures today.")]


def removed_text(names: tuple[str, ...], day: dt.date | None) -> str:
    """Say which figures cannot be reckoned again, and that nobody has altered them."""
    figures = "; ".join(map(figure_name, names))
    if day is None:
        return _(
            "Visits were removed from the log by the rule for keeping them, so that these figures "
            "cannot be reckoned again: {names}."
        ).format(names=figures)
    return _(
        "On {day} visits were removed from the log by the rule for keeping them, so that these "
        "figures cannot be reckoned again: {names}."
    ).format(day=numeric_date(day), names=figures)


def frozen_text(report: CoverageReport) -> list[str]:
    """Say what is known of the frozen report of the quarter: some sentences."""
    frozen = report.frozen
    if frozen is None:
        return []
    head = _("The quarter was frozen on {date}, digest {digest}.").format(
        date=numeric_date(frozen.made_on), digest=frozen.digest[:12]
    )
    if not frozen.is_intact:
        return [head, _("Its file was changed since: it is no evidence any more.")]
    return [head, *today_text(frozen)]
