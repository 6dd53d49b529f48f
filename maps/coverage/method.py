"""How the figures of the coverage report come about, and what it hides and why."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.language import translator
from maps import wording
from tours.coverage.evidence import today_text
from tours.coverage.figure import UNITS
from tours.coverage.names import definition, figure_name
from tours.coverage.reasons import note_text
from tours.coverage.remains import remains_text
from tours.coverage.report import CoverageReport
from tours.coverage.words import hidden_text, year_text
from tours.dates import numeric_date

_ = translator("maps")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the words that it is found by.

    Attributes
    ----------
    lead, text : str
    """

    lead: str
    text: str


def definitions(report: CoverageReport) -> list[Paragraph]:
    """Return what each figure means; estimates say so."""
    estimated = {
        figure.name
        for coverage in (report.period, report.year)
        for row in (*coverage.municipalities, *coverage.areas, coverage.district)
        for figure in row.figures
        if figure.is_estimate
    }
    found = []
    for name in UNITS:
        text = definition(name)
        if name in estimated:
            text = f"{text} {_('An estimate.')}"
        found.append(Paragraph(figure_name(name), text))
    return found


def reading(report: CoverageReport) -> list[Paragraph]:
    """Return what has to be known to read the figures of this report."""
    notes = {
        note
        for coverage in (report.period, report.year)
        for row in (*coverage.municipalities, *coverage.areas, coverage.district)
        for figure in row.figures
        for note in figure.notes
        if note != "month_sums"
    }
    found = [
        Paragraph(
            _("Young people"),
            _(
                "People from {first} to {last} years of age. How many live in a municipality is "
                "not published: its population times their share in the district."
            ).format(first=report.ages[0], last=report.ages[1]),
        ),
        Paragraph(
            _("Targets"),
            _("Set by the service, in region.toml. Where none is set, none is judged."),
        ),
        Paragraph(
            _("Trend"),
            _(
                "An arrow points up or down only where the difference from the period before is "
                "larger than chance explains in four of five cases; counts of contacts scatter "
                "{n} times as much as independent events. Where a number of the period before is "
                "hidden there is none, since an arrow would tell of it."
            ).format(n=wording.number(report.scatter, "0.0")),
        ),
        Paragraph(
            year_text(report),
            _("The same figures from {first} to {last}.").format(
                first=numeric_date(report.year.period.first),
                last=numeric_date(report.year.period.last),
            ),
        ),
        Paragraph(
            _("Map"),
            _(
                "Each tone begins at a line that means something: the target, the district's "
                "mean, and half more. A hatched municipality had no visit."
            ),
        ),
        Paragraph(
            _("Visits"),
            _("{n} visits in the log up to the end of the period.").format(
                n=wording.number(report.num_visits)
            ),
        ),
    ]
    if removed := remains_text(report):
        found.append(Paragraph(_("Removed visits"), " ".join(removed)))
    if notes:
        text = "; ".join(note_text(note) for note in sorted(notes))
        found.append(Paragraph(_("To be known"), f"{text[0].upper()}{text[1:]}."))
    return found


def privacy(report: CoverageReport) -> list[Paragraph]:
    """Return what is hidden and why, on what grounds, and who decides."""
    return [
        Paragraph(_("What is hidden"), " ".join(hidden_text(report))),
        Paragraph(
            _("Why"),
            _(
                "In a village, “one contact in July” can be one known person. A hidden number "
                "must not be recoverable from sums and differences either, so that more is "
                "hidden than the small numbers themselves."
            ),
        ),
        Paragraph(
            _("What is counted"),
            _(
                "The log holds places, times and numbers of contacts: no names, no ages, no free "
                "text. One person may be counted at several visits."
            ),
        ),
        Paragraph(
            _("What is not hidden"),
            _(
                "Hours, visits, punctuality and costs describe the work of the service, not the "
                "young people."
            ),
        ),
        Paragraph(
            _("Legal basis"),
            _(
                "Social data are protected by SGB VIII §§ 61 to 65 and SGB X § 67; the General "
                "Data Protection Regulation asks for data minimisation (Art. 5), data protection "
                "by design (Art. 25) and security of processing (Art. 32)."
            ),
        ),
        Paragraph(
            _("Who decides"),
            _(
                "Whether this report may be passed on or published is decided by the data "
                "protection officer of the responsible body, not by this program."
            ),
        ),
    ]


def evidence(report: CoverageReport) -> list[Paragraph]:
    """Return by what this report can be told from a changed one."""
    found = [
        Paragraph(_("Checksum of the figures"), _grouped(report.digest) or _("not made")),
    ]
    frozen = report.frozen
    if frozen is None:
        text = _("Not frozen: the figures may change when visits are logged later or corrected.")
        return [Paragraph(_("Frozen"), text), *found]
    text = _("On {day}, with checksum {digest}.").format(
        day=numeric_date(frozen.made_on), digest=_grouped(frozen.digest)
    )
    parts = [text]
    if not frozen.is_intact:
        parts.append(_("The frozen file has been changed since."))
    else:
        parts += today_text(frozen)
    return [Paragraph(_("Frozen"), " ".join(parts)), *found]


def _grouped(digest: str) -> str:
    """Return a checksum in groups that can be compared, and that fit a column."""
    return " ".join(digest[k : k + 16] for k in range(0, len(digest), 16))
