"""The coverage report as one HTML file: it loads nothing, runs nothing and can be printed."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from geodata.language import current_language, translator
from geodata.region import Region
from maps import wording
from maps.arealabels import AreaLabel
from maps.choropleth import Choropleth, Tone, draw_choropleth, swatch
from maps.coverage.document import Document, build_document
from maps.coverage.signs import PLAIN, SIGNS
from maps.frame import scale_bar
from maps.lettering import POINT_MM, text_width_mm
from tours.coverage.report import CoverageReport

_ = translator("maps")

# The map as it is drawn; the page shows it as wide as there is room.
MAP_MM = (114.0, 92.0)
# Below it the bar with the scale.
STRIP_MM = 6.6


def render_coverage_page(report: CoverageReport, region: Region) -> str:
    """Return the report as HTML: the same for the same report, in the current language.

    Parameters
    ----------
    report : CoverageReport
    region : Region
        Its district.
    """
    document = build_document(report, region)
    drawing = draw_choropleth(document.shaded, *MAP_MM)
    web = files("maps").joinpath("web")
    template = _environment().from_string(web.joinpath("coverage.html").read_text("utf-8"))
    return template.render(
        lang=current_language(),
        css=Markup(web.joinpath("coverage.css").read_text("utf-8")),
        document=document,
        map=Markup(_map_svg(document, drawing)),
        has_numbers=any(label.is_number for label, _tone in drawing.labels),
        legend=[
            {"swatch": Markup(swatch(key.tone)), "label": key.label, "about": key.about}
            for key in document.map.legend
        ],
        signs={name: Markup(svg) for name, svg in SIGNS.items()},
        contents=_contents(document),
        text={"skip": _("Skip to the report"), "contents": _("Contents")},
    )


def _environment() -> Environment:
    """Return an environment in which every word is escaped, and shown in its own direction."""
    return Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_shown,
    )


def _shown(value: object) -> object:
    """Return a text without characters that cannot be seen but change what can."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return "".join(c if c.isprintable() or c == "\xa0" else " " for c in value)
    return value


def _contents(document: Document) -> list[tuple[str, str]]:
    found = [
        ("map", _("Map")),
        ("targets", document.scorecard.title),
        ("views", document.words["views"]),
    ]
    found += [(f"part-{k}", title) for k, (title, _t) in enumerate(document.groups, start=1)]
    return [
        *found,
        ("method", document.words["method"]),
        ("privacy", document.words["privacy"]),
    ]


def _map_svg(document: Document, drawing: Choropleth) -> str:
    """Return the map with its words, its scale and what each municipality has."""
    frame = drawing.frame
    width, height = f"{frame.width_mm:g}", f"{frame.height_mm + STRIP_MM:g}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="map-name"><title id="map-name">{escape(document.map.alt)}</title>',
        f'<rect width="{width}" height="{frame.height_mm:g}" class="outside"/>',
        '<g fill="none" stroke-linejoin="round" stroke-linecap="round">',
    ]
    for shaded, shape in zip(document.shaded, drawing.fills, strict=True):
        words = f"{shaded.name}: {shaded.value}" if shaded.value else shaded.name
        parts.append(f"<g><title>{escape(words)}</title>{shape}</g>")
    parts += [drawing.lines, "</g>", '<g class="names" text-anchor="middle">']
    parts += [_text(label, tone) for label, tone in drawing.labels]
    return "".join([*parts, "</g>", _strip(drawing), "</svg>"])


def _text(label: AreaLabel, tone: Tone) -> str:
    """Return the words in an area; in any typeface they are as wide as they were measured."""
    size = f"{label.size_pt * POINT_MM:.3f}"
    look = f'fill="{tone.ink}"'
    if not label.is_inside:
        look += f' stroke="{tone.fill}" class="over"'
    lines = []
    for line, y in zip(label.lines, label.baselines, strict=True):
        wide = text_width_mm(line, label.size_pt, bold=True)
        lines.append(
            f'<text x="{label.x:g}" y="{y:.2f}" font-size="{size}" textLength="{wide:.2f}" '
            f'lengthAdjust="spacingAndGlyphs" {look}>{escape(line)}</text>'
        )
    return "".join(lines)


def _strip(drawing: Choropleth) -> str:
    """Return the bar with the scale and the sign of the north, below the map."""
    frame = drawing.frame
    part_m, part_mm = scale_bar(frame.scale)
    unit, per = ("km", 1000) if part_m >= 1000 else ("m", 1)
    ends = [wording.number(k * part_m / per) for k in range(3)]
    top, left = frame.height_mm, 4.0
    bars = "".join(
        f'<rect x="{left + k * part_mm:.2f}" y="{top + 4.2:.2f}" width="{part_mm:.2f}" '
        f'height="1.1" fill="{PLAIN if k == 0 else "#ffffff"}" stroke="{PLAIN}" '
        'stroke-width="0.25"/>'
        for k in range(2)
    )
    words = "".join(
        f'<text x="{left + k * part_mm:.2f}" y="{top + 3.3:.2f}" text-anchor="middle" '
        f'font-size="2.3" fill="{PLAIN}">{escape(text)}</text>'
        for k, text in enumerate((*ends[:2], f"{ends[2]} {unit}"))
    )
    right = frame.width_mm - 6
    north = (
        f'<path d="M{right:g} {top + 0.9:.2f}l1.4 4.8-1.4-.9-1.4.9z" fill="{PLAIN}"/>'
        f'<text x="{right - 3:g}" y="{top + 5.2:.2f}" text-anchor="middle" font-size="2.6" '
        f'font-weight="bold" fill="{PLAIN}">{escape(_("N"))}</text>'
    )
    return bars + words + north
