"""The paper that all sheets share: its size, the note above and the foot below, as PDF.

Python says what stands where and how large it is, the templates set it. All lengths are
millimetres, and every part has a fixed height, so that no page can overflow.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from geodata.language import current_language, translator
from maps import wording
from maps.ground import Ground
from maps.lettering import fonts, printable
from tours.calendar import week_dates
from tours.plan import Plan

_ = translator("maps")

# A4 less the margins of sheets.typ.
WIDTH_MM, HEIGHT_MM = 182.0, 263.0
NOTE_MM = 8.0
GAP_MM = 4.0

# A page, or a part of it, as the template wants it.
Part = dict[str, Any]


def note_mm(plan: Plan, ground: Ground) -> float:
    """Return the room that the note on an estimated network takes."""
    return NOTE_MM if wording.estimate_note(plan, is_drawn=ground.is_estimate) else 0.0


def typeset(pages: Sequence[Part], plan: Plan, ground: Ground) -> bytes:
    """Return pages as a PDF, each with the note above and the foot of the plan below."""
    week = week_dates(plan.week)
    title = f"{plan.service} · {plan.district} · {wording.week_label(plan.week)}"
    document = {
        "lang": current_language(),
        "title": printable(title),
        "foot": printable(f"{title} · {wording.plan_label(plan)}"),
        "credits": ground.credits,
        "page": _("page"),
        "note": wording.estimate_note(plan, is_drawn=ground.is_estimate),
        "pages": pages,
    }
    return compile_pdf("sheets.typ", document, week[0], fonts())


def compile_pdf(template: str, document: Part, day: dt.date, typefaces: typst.Fonts) -> bytes:
    """Return a document set by a template of this package, the same bytes for the same document.

    Parameters
    ----------
    template : str
        Name of its file.
    document : Part
    day : date
        That the file is dated.
    typefaces : typst.Fonts
    """
    made = typst.compile(
        Path(__file__).parent / template,
        root=Path(__file__).parent,
        font_paths=typefaces,
        sys_inputs={"document": json.dumps(document)},
        pdf_standards=["ua-1"],
        timestamp=int(dt.datetime.combine(day, dt.time(), dt.UTC).timestamp()),
        format="pdf",
    )
    return bytes(made)
