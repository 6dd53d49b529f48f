"""What has to be said before any figure of a report is read."""

from __future__ import annotations

from geodata.language import translator
from tours.coverage.remains import remains_of
from tours.coverage.report import CoverageReport
from tours.dates import numeric_date

_ = translator("tours")


def warnings(report: CoverageReport) -> list[str]:
    """Return what has to be said on the first page already, a sentence or two each."""
    rows = (report.period.district, *report.period.municipalities)
    notes = {note for row in rows for figure in row.figures for note in figure.notes}
    reasons = {figure.reason for figure in report.period.district.figures}
    found = []
    if report.removed_before is not None:
        day = numeric_date(report.removed_before)
        said = _(
            "Visits before {day} were removed: some figures come from sums of months, others are "
            "missing."
        )
        if remains_of(report.period).is_cut:
            said = _("Visits before {day} were removed: the period has no figures.")
        found.append(said.format(day=day))
    if not report.num_logged and "removed" not in reasons:
        found.append(_("Nothing is logged about this period: its figures are empty or zero."))
    if "not_over" in notes or report.made_on <= report.period.period.last:
        found.append(
            _("Provisional: the period is not over; as of {day}.").format(
                day=numeric_date(report.made_on)
            )
        )
    if "short_log" in notes:
        found.append(_("The log of visits begins within the period."))
    if "no_walks" in reasons:
        found.append(
            _(
                "Who lives within a walk is not reckoned: residential areas are not loaded. "
                "“tours network download” loads them."
            )
        )
    elif "homes_unknown" in notes:
        found.append(
            _("Residential areas are not known everywhere: reach is too low where they are not.")
        )
    return found
