"""Letters: how wide they are, and which can be printed."""

from __future__ import annotations

import json

import pytest
import typst

from maps.lettering import STAND_IN, fonts, printable, text_width_mm


@pytest.mark.parametrize("bold", [False, True])
def test_width_of_text_is_what_the_typesetter_measures(bold: bool) -> None:
    words = "Nörten-Hardenberg, Straße 17 (Łódź)"
    source = (
        '#set text(font: "Lato", size: 8pt, kerning: false, ligatures: false, weight: "WEIGHT")\n'
        "#context [#metadata(measure(sys.inputs.words).width / 1mm) <wide>]"
    ).replace("WEIGHT", "bold" if bold else "regular")
    found = typst.query(
        source.encode(), "<wide>", field="value", one=True, font_paths=fonts(),
        sys_inputs={"words": words},
    )  # fmt: skip
    assert text_width_mm(words, 8, bold=bold) == pytest.approx(float(json.loads(found)), rel=1e-3)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Große Straße 7 – „Süd“", "Große Straße 7 – „Süd“"),
        ('#x *b* $y$ \\ "q" @r <l> `c`', '#x *b* $y$ \\ "q" @r <l> `c`'),
        ("Çeşme Đakovo ő", "Çesme Dakovo o"),
        ("Su\u0308d", "Süd"),
        ("a\nb\tc\x00\x07 d", "a b c d"),
        ("\u202ecba\u202c", "cba"),
        ("Treff 😀😀👩‍👧", f"Treff {STAND_IN}"),
        ("عربي", STAND_IN),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_printable_keeps_what_the_typeface_has(typed: str, shown: str) -> None:
    assert printable(typed) == shown
