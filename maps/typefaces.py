"""Which typeface has the letters of a text: that of all sheets, or one for other scripts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import typst

from maps.lettering import read_advances
from maps.style import FONT

# Latin of all Europe and Turkey, Cyrillic, Arabic, Hebrew.
OTHER = "Rubik"
_FILES = {
    FONT: Path(str(files("font_lato") / "files" / "Lato-Regular.ttf")),
    OTHER: Path(str(files("fontpkg_rubik") / "files" / "Rubik[wght].ttf")),
}


@lru_cache
def all_fonts() -> typst.Fonts:
    """Return both typefaces for the typesetter, and no other."""
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[path.parent for path in _FILES.values()],
    )


@lru_cache
def _letters(face: str) -> frozenset[str]:
    return frozenset(read_advances(_FILES[face].read_bytes()))


def face_of(text: str) -> str | None:
    """Return the first typeface that has every letter of a text; None if there is none."""
    return next((face for face in _FILES if not _lacking(text, face)), None)


def missing_letters(text: str) -> list[str]:
    """Return the letters of a text that the typeface with most of them has not, sorted."""
    return min((_lacking(text, face) for face in _FILES), key=len)


def _lacking(text: str, face: str) -> list[str]:
    # Marks of writing direction are not printed.
    shown = {c for c in text if not c.isspace() and unicodedata.category(c) != "Cf"}
    return sorted(shown - _letters(face))
