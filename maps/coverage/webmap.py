"""Coverage as a map on the screen: one file without internet, the figures one tap away."""

from __future__ import annotations

from geodata.language import current_language, translator
from geodata.region import Region
from maps.basemap import Basemap
from maps.choropleth import Tone
from maps.coverage.document import Document, build_document
from maps.coverage.rows import UNSHOWN
from maps.coverage.summary import value_said
from maps.leaflet import LEAFLET, Json, Page, render_page
from maps.packed import packed_lines
from maps.webmap import STYLES, drawing_of, ground_data
from tours.coverage.figure import Figure, Row
from tours.coverage.names import figure_name
from tours.coverage.reasons import reason_text
from tours.coverage.report import CoverageReport
from tours.coverage.words import base_text, number_of, period_text, target_text

_ = translator("maps")

SCRIPTS = ("tools", "land", "stops", "names", "panels", "view", "frame", "coveragemap")


def render_coveragemap(report: CoverageReport, region: Region, basemap: Basemap) -> str:
    """Return the page that shows coverage: HTML, the same for the same data and language.

    Parameters
    ----------
    report : CoverageReport
    region : Region
        Its district.
    basemap : Basemap
        Of the district.
    """
    document = build_document(report, region)
    rows = {row.id: row for row in report.period.municipalities}
    credits_ = [*basemap.attribution, report.attribution, LEAFLET]
    held = [line for line in credits_ if not any(line != c and line in c for c in credits_)]
    data: dict[str, Json] = {
        "text": _texts(document),
        "title": {
            "service": report.service,
            "district": report.district,
            "week": [document.words["title"], period_text(report.period.period)],
            "facts": f"{document.headline}.",
            "quality": document.map.about,
            "offline": _("opens without internet"),
            "notes": list(document.warnings),
        },
        **ground_data(basemap, [], list(dict.fromkeys(held))),
        "keys": [
            {"label": key.label, "about": key.about, **_look(key.tone)}
            for key in document.map.legend
        ],
        "areas": [
            {
                "name": shaded.name,
                "number": shaded.number,
                "value": shaded.value,
                "rings": [*packed_lines(shaded.boundary)],
                "at": list(_inside(region, shaded.ags)),
                "rows": _rows(rows[shaded.ags]) if shaded.ags in rows else [],
                "ink": "pale" if shaded.tone.ink == "#ffffff" else "",
                **_look(shaded.tone),
            }
            for shaded in document.shaded
        ],
    }
    title = (report.service, report.district, document.title)
    drawing = drawing_of(data, SCRIPTS, [*STYLES, "coveragemap"])
    return render_page(Page(" · ".join(title), current_language()), drawing)


def _look(tone: Tone) -> dict[str, Json]:
    return {"fill": tone.fill, "pattern": tone.pattern}


def _inside(region: Region, ags: str) -> tuple[float, float]:
    municipality = region.municipalities[ags]
    return municipality.lat, municipality.lon


def _rows(row: Row) -> list[Json]:
    """Return the figures of a municipality, as pairs of words."""
    youth = number_of(row.youth, "count") if row.youth is not None else reason_text("no_youth")
    found: list[Json] = [[_("Young people (estimate)"), youth]]
    return [
        *found,
        *(
            [figure_name(figure.name), _said(figure)]
            for figure in row.figures
            if figure.reason not in UNSHOWN
        ),
    ]


def _said(figure: Figure) -> str:
    if figure.value is None:
        return reason_text(figure.reason)
    base = base_text(figure)
    value = f"{value_said(figure)} ({base})" if base else value_said(figure)
    if figure.is_met is False:
        return _("{value} instead of {target}").format(value=value, target=target_text(figure))
    return value


def _texts(document: Document) -> dict[str, Json]:
    return {
        "map": _("Map of the coverage"),
        "layers": _("Legend and layers"),
        "times": _("Municipalities"),
        "close": _("Close"),
        "more": _("More about this map"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "names": _("Municipalities"),
        "number": _("No."),
        "place": _("Municipality"),
        "value": document.map.title,
        "size": document.map.title,
        "open": _("Open in a map app"),
    }
