"""The coverage report as PDF: a page for who has two minutes, then the tables."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import typst

from geodata.language import current_language, translator
from geodata.region import Region
from maps.arealabels import AreaLabel
from maps.choropleth import Choropleth, Tone, draw_choropleth, swatch
from maps.coverage.document import Document, build_document
from maps.coverage.signs import SIGNS
from maps.frame import scale_bar
from maps.lettering import fonts, printable
from maps.papermap import STRIP_MM
from maps.tourmap import finish_map
from tours.coverage.report import CoverageReport

_ = translator("maps")

MAP_MM = (121.0, 86.0)
# The longest German word that is not broken by its syllables alone.
LONGEST_WORD = 34
# A longer one may break after so many letters.
PIECE = 12
# Nobody reads a word or a text of more letters; the data files have it whole.
ENDLESS_WORD, ENDLESS_TEXT = 120, 1_200

# What the template reads: words, numbers, and lists and parts of them.
Words = str | int | float | None | Sequence["Words"] | Mapping[str, "Words"]
Part = dict[str, Words]


def render_coverage_report(report: CoverageReport, region: Region) -> bytes:
    """Return the report as PDF: the same bytes for the same report, in the current language.

    Parameters
    ----------
    report : CoverageReport
    region : Region
        Its district.
    """
    document = build_document(report, region)
    drawing = draw_choropleth(document.shaded, *MAP_MM)
    tables = [table for _title, group in document.groups for table in group]
    # What is of the period stands together, and what is of the year after it.
    tables.sort(key=lambda table: table.id.endswith("-1"))
    by_row = [asdict(t) for t in tables if t.id.startswith(("municipalities", "areas"))]
    costs, months = (
        [asdict(t) for t in tables if t.id.startswith(kind)] for kind in ("costs", "months")
    )
    data: Part = {
        "lang": current_language(),
        "page": _("page"),
        "title": document.title,
        "about": document.about,
        "foot": document.foot,
        "mark": _mark(report),
        "credits": document.credits,
        "first": _first_page(document, drawing),
        "views": [asdict(table) for table in document.views],
        "costs": costs,
        "rows": by_row,
        "months": months,
        "definitions": [asdict(one) for one in document.definitions],
        "reading": [asdict(one) for one in document.reading],
        "privacy": [asdict(one) for one in document.privacy],
        "evidence": [asdict(one) for one in document.evidence],
        "words": document.words,
    }
    printed = {name: _printed(part, name) for name, part in data.items()}
    made = typst.compile(
        Path(__file__).parents[1] / "coveragereport.typ",
        root=Path(__file__).parents[1],
        font_paths=fonts(),
        sys_inputs={"document": json.dumps({"signs": SIGNS, **printed})},
        pdf_standards=["ua-1"],
        timestamp=int(dt.datetime.combine(report.made_on, dt.time(), dt.UTC).timestamp()),
        format="pdf",
    )
    return bytes(made)


def _first_page(document: Document, drawing: Choropleth) -> Part:
    return {
        "title": document.title,
        "about": document.about,
        "status": document.status,
        "warnings": document.warnings,
        "headline": document.headline,
        "sentences": [asdict(one) for one in document.sentences],
        "totals": [asdict(one) for one in document.totals],
        "map": _map(document, drawing),
        "scorecard": asdict(document.scorecard),
    }


def _map(document: Document, drawing: Choropleth) -> Part:
    words, frame = document.map, drawing.frame
    part_m, part_mm = scale_bar(frame.scale)
    has_numbers = any(label.is_number for label, _tone in drawing.labels)
    drawn: Part = {
        "width": frame.width_mm,
        "height": frame.height_mm,
        "strip": STRIP_MM,
        "svg": drawing.svg,
        "labels": [_label(label, tone) for label, tone in drawing.labels],
        "scale": frame.scale,
        "bar": {"part_m": part_m, "part_mm": part_mm},
        "credits": words.source,
        "title": words.title,
        "about": words.about,
        "numbers": words.numbers if has_numbers else "",
        "legend": [
            {"swatch": swatch(key.tone), "label": key.label, "about": key.about}
            for key in words.legend
        ],
    }
    return finish_map(drawn, words.alt)


def _label(label: AreaLabel, tone: Tone) -> Part:
    lines = zip(label.lines, label.baselines, strict=True)
    return {
        "lines": [{"text": text, "y": round(y, 3)} for text, y in lines],
        "x": label.x,
        "size_pt": label.size_pt,
        "is_inside": label.is_inside,
        "ink": tone.ink,
        "halo": tone.fill,
    }


def _mark(report: CoverageReport) -> str:
    """Return by what a report is told from others."""
    return _("Figures {digest}").format(digest=report.digest[:12]) if report.digest else ""


def _printed(value: Words, key: str = "") -> Words:
    """Return data with all words so that the typeface can show them; drawings as they are."""
    if isinstance(value, str):
        return value if key in ("svg", "swatch") else _breakable(value)
    if isinstance(value, Mapping):
        return {name: _printed(one, name) for name, one in value.items()}
    if isinstance(value, Sequence):
        return [_printed(one, key) for one in value]
    return value


def _breakable(text: str) -> str:
    """Return a text that a narrow column can hold: a word that never ends may break anywhere."""
    # A blank that must not break keeps a number and its unit together.
    parts = [printable(part) for part in text.split("\xa0")]
    words = (_cut(word, ENDLESS_WORD) for word in "\xa0".join(parts).split(" "))
    return " ".join(map(_pieces, _cut(" ".join(words), ENDLESS_TEXT).split(" ")))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _pieces(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return "\u200b".join(word[k : k + PIECE] for k in range(0, len(word), PIECE))
