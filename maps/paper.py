"""The paper that all sheets share: its size, the note above and the foot below, as PDF.

Python says what stands where and how large it is, the templates set it. All lengths are
millimetres of the layout, and every part has a fixed height, so that no page can overflow.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typst

from geodata.language import current_language, translator
from maps import wording
from maps.ground import Ground
from maps.lettering import fonts, printable
from maps.style import A3_MM, A4_MM
from tours.calendar import week_dates
from tours.plan import Plan

_ = translator("maps")

# Margins of sheets.typ: left and right together, top and bottom together.
MARGINS_MM = (28.0, 34.0)
NOTE_MM = 8.0
GAP_MM = 4.0

# A page, or a part of it, as the template wants it.
Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """A size of paper, and how much larger everything on it is printed.

    Attributes
    ----------
    size_mm : tuple of float
        Width and height of the paper itself.
    enlarged : float
        What is printed per millimetre of the layout.
    """

    size_mm: tuple[float, float]
    enlarged: float

    @property
    def width_mm(self) -> float:
        """Width of the layout between the margins."""
        return round(self.size_mm[0] / self.enlarged - MARGINS_MM[0], 2)

    @property
    def height_mm(self) -> float:
        """Height of the layout between the margins."""
        return round(self.size_mm[1] / self.enlarged - MARGINS_MM[1], 2)


A4 = Paper(A4_MM, 1.0)
# Of the room that A3 has more, one half makes letters larger, the other one maps and rows.
A3 = Paper(A3_MM, 1.2)
PAPERS = {"a4": A4, "a3": A3}


def note_mm(plan: Plan, ground: Ground) -> float:
    """Return the room that the note on an estimated network takes."""
    return NOTE_MM if wording.estimate_note(plan, is_drawn=ground.is_estimate) else 0.0


def typeset(pages: Sequence[Part], plan: Plan, ground: Ground, paper: Paper = A4) -> bytes:
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
        "paper": paper.size_mm,
        "width": paper.width_mm,
        "height": paper.height_mm,
        "enlarged": paper.enlarged,
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
