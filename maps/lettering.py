"""The typeface on paper: its letters, and how wide they are."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

POINT_MM = 25.4 / 72
STAND_IN = "◊"


@lru_cache
def fonts() -> typst.Fonts:
    """Return the typeface for the typesetter, and no other."""
    folder = Path(str(files("font_lato") / "files"))
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


@lru_cache
def _advances(weight: str) -> dict[str, float]:
    """Return the width of each character that the typeface has, per unit of its size."""
    return read_advances((files("font_lato") / "files" / f"Lato-{weight}.ttf").read_bytes())


def read_advances(font: bytes) -> dict[str, float]:
    """Return the width of each character that a TrueType font has, per unit of its size."""

    def number(at: int, size: int = 2) -> int:
        return int.from_bytes(font[at : at + size], "big")

    tables = {font[at : at + 4]: number(at + 8, 4) for at in range(12, 12 + 16 * number(4), 16)}
    em, num_wide = number(tables[b"head"] + 18), number(tables[b"hhea"] + 34)
    # Of the characters' table the first part, in format 4: runs, each with a shift to glyphs.
    runs = tables[b"cmap"] + number(tables[b"cmap"] + 8, 4)
    size = number(runs + 6)
    advances = {}
    for end in range(runs + 14, runs + 14 + size, 2):
        start, shift, offset = (end + 2 + k * size for k in (1, 2, 3))
        for code in range(number(start), min(number(end), 0xFFFE) + 1):
            glyph = code
            if number(offset):
                glyph = number(offset + number(offset) + 2 * (code - number(start)))
            glyph = (glyph + number(shift)) % 0x10000
            advances[chr(code)] = number(tables[b"hmtx"] + 4 * min(glyph, num_wide - 1)) / em
    return advances


def text_width_mm(text: str, size_pt: float, *, bold: bool = False) -> float:
    """Return how wide a line of `printable` text is, without kerning."""
    advances = _advances("Bold" if bold else "Regular")
    return sum(advances.get(char, 1.0) for char in text) * size_pt * POINT_MM


def printable(text: str) -> str:
    """Return a text with nothing in it that the typeface cannot show.

    A letter falls back to the letter without its mark; a run of anything else becomes one
    lozenge; line breaks, control characters and marks of writing direction go.
    """
    known = _advances("Regular")
    shown: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if char.isspace() or category[0] == "Z":
            shown.append(" ")
        elif category in ("Cc", "Cf", "Cs") or category[0] == "M":
            continue
        else:
            shown.append(char if char in known else _plain_letter(char, known))
    return " ".join(re.sub(f"{STAND_IN}+", STAND_IN, "".join(shown)).split())


def _plain_letter(char: str, known: dict[str, float]) -> str:
    plain = [c for c in unicodedata.normalize("NFKD", char) if unicodedata.category(c)[0] != "M"]
    if plain == [char]:
        # A letter with a stroke has no decomposition, but a name that tells.
        try:
            plain = [unicodedata.lookup(unicodedata.name(char, "").split(" WITH ")[0])]
        except KeyError:
            return STAND_IN
    return "".join(plain) if plain and all(c in known for c in plain) else STAND_IN
