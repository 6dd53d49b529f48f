"""What the coverage report says, part by part, before it is set on paper or on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel.dates import format_date

from geodata.language import translator
from geodata.region import Region
from maps import wording
from maps.choropleth import Shaded
from maps.coverage.cells import Table
from maps.coverage.method import (
    Paragraph,
    definitions,
    evidence,
    privacy,
    reading,
)
from maps.coverage.rows import areas_table, municipalities_table
from maps.coverage.shades import Key, legend, shaded_municipalities
from maps.coverage.summary import Sentence, Total, summary, totals
from maps.coverage.tables import (
    abouts,
    cost_tables,
    count_tables,
    scorecard_table,
    views,
)
from tours.coverage.names import figure_name
from tours.coverage.report import CoverageReport
from tours.coverage.warnings import warnings
from tours.coverage.words import period_text
from tours.dates import numeric_date

_ = translator("maps")


@dataclass(frozen=True, slots=True)
class MapWords:
    """What is said around the map.

    Attributes
    ----------
    title, about, numbers, alt, source : str
        `numbers` explains numbers in the place of names.
    legend : tuple of Key
    """

    title: str
    about: str
    numbers: str
    alt: str
    source: str
    legend: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The coverage report in words.

    Attributes
    ----------
    title, about : str
        What it is; of whom and of when.
    status : tuple of (str, str)
        Whether it is frozen, in a few words and in a sentence.
    warnings : tuple of str
    headline : str
    sentences : tuple of Sentence
    totals : tuple of Total
    map : MapWords
    shaded : tuple of Shaded
        The municipalities of the map.
    scorecard : Table
    views : tuple of Table
        The balanced scorecard.
    groups : tuple of (str, tuple of Table)
        The other tables, each group with its title.
    definitions, reading, privacy, evidence : tuple of Paragraph
    words : Mapping of str to str
        Titles: ``title``, and of the parts ``views``, ``method``, ``reading``, ``privacy``,
        ``evidence``.
    foot : str
    credits : str
    """

    title: str
    about: str
    status: tuple[str, str]
    warnings: tuple[str, ...]
    headline: str
    sentences: tuple[Sentence, ...]
    totals: tuple[Total, ...]
    map: MapWords
    shaded: tuple[Shaded, ...]
    scorecard: Table
    views: tuple[Table, ...]
    groups: tuple[tuple[str, tuple[Table, ...]], ...]
    definitions: tuple[Paragraph, ...]
    reading: tuple[Paragraph, ...]
    privacy: tuple[Paragraph, ...]
    evidence: tuple[Paragraph, ...]
    words: Mapping[str, str]
    foot: str
    credits: str


def build_document(report: CoverageReport, region: Region) -> Document:
    """Return a report in words of the current language.

    Parameters
    ----------
    report : CoverageReport
    region : Region
        Its district.
    """
    headline, sentences = summary(report)
    title = _("Coverage report")
    made_on = format_date(report.made_on, "long", locale=wording.locale()).replace(" ", "\xa0")
    days = _days(report)
    about = _("{service} · {district} · {days} · made on {made_on}").format(
        service=report.service, district=report.district, days=days, made_on=made_on
    )
    period = period_text(report.period.period)
    return Document(
        title=f"{title} {period}",
        about=about,
        status=_status(report),
        warnings=tuple(warnings(report)),
        headline=headline,
        sentences=tuple(sentences),
        totals=tuple(totals(report)),
        map=_map_words(report, region),
        shaded=tuple(shaded_municipalities(report.period, region)),
        scorecard=scorecard_table(report),
        views=tuple(views(report)),
        groups=tuple(_groups(report, region)),
        definitions=tuple(definitions(report)),
        reading=tuple(reading(report)),
        privacy=tuple(privacy(report)),
        evidence=tuple(evidence(report)),
        words={
            "title": title,
            "views": _("Balanced scorecard"),
            "method": _("How the figures come about"),
            "reading": _("How to read them"),
            "privacy": _("Data protection"),
            "evidence": _("Evidence"),
        },
        foot=f"{report.service} · {report.district} · {title} {period}",
        credits=report.attribution,
    )


def _days(report: CoverageReport) -> str:
    period = report.period.period
    first, last = (
        format_date(day, "long", locale=wording.locale()) for day in (period.first, period.last)
    )
    return _("{first} to {last}").format(first=first, last=last)


def _status(report: CoverageReport) -> tuple[str, str]:
    frozen = report.frozen
    if frozen is None:
        return _("Not frozen"), _("Later entries in the log can change the figures.")
    if not frozen.is_intact:
        return _("Frozen, but changed"), _("The frozen file is not as it was.")
    day = numeric_date(frozen.made_on)
    if frozen.differs:
        return (
            _("Frozen on {day}").format(day=day),
            _("The log gives other figures today; see “Evidence”."),
        )
    if frozen.removed:
        return (
            _("Frozen on {day}").format(day=day),
            _("Visits were removed since: not all can be reckoned again; see “Evidence”."),
        )
    return _("Frozen on {day}").format(day=day), _("The log gives the same figures today.")


def _map_words(report: CoverageReport, region: Region) -> MapWords:
    first, last = report.ages
    return MapWords(
        title=figure_name("hours_per_1000"),
        about=_("{first} to {last} years of age, number estimated").format(first=first, last=last),
        numbers=_("A number in a municipality: its row in the table of municipalities."),
        alt=_(
            "Map of the district: the more service hours per 1000 young people, the darker the "
            "municipality. The table of municipalities has all values."
        ),
        source=_("Source: log of visits of the service; {credit}").format(
            credit=report.attribution
        ),
        legend=tuple(legend(report.period, region)),
    )


def _groups(report: CoverageReport, region: Region) -> list[tuple[str, tuple[Table, ...]]]:
    names = {ags: municipality.name for ags, municipality in region.municipalities.items()}
    names |= {row.id: row.name for row in report.period.municipalities}
    parts = list(zip((report.period, report.year), abouts(report), strict=True))
    groups: list[list[Table]] = [
        [
            municipalities_table(c, f"municipalities-{k}", about)
            for k, (c, about) in enumerate(parts)
        ],
        [areas_table(c, f"areas-{k}", about) for k, (c, about) in enumerate(parts) if c.areas],
        cost_tables(report),
        [one for t in report.tables if t.rows for one in count_tables(report, t, names)],
    ]
    titles = (
        _("Municipalities"),
        _("Focus and funding areas"),
        _("Costs per funder"),
        _("Contacts and new contacts per month"),
    )
    return [(title, tuple(group)) for title, group in zip(titles, groups, strict=True) if group]
