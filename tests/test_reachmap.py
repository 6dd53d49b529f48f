"""The map of the reach on foot: what it says, in a browser without internet and without."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from chromium import chromium, why_not
from webmap_examples import HOSTILE, district

from geodata.homes import YOUTH
from geodata.reach import build_reaches
from geodata.region import Municipality
from geodata.travel import Point
from maps import style
from maps.reachmap import ReachView, render_reachmap
from tours.reachfigures import PlaceFigures, ReachFigures

AGS = "03000001"
HALL = PlaceFigures(Point("halle", "Alte Halle", 10.05, 51.7), AGS, (3.4, 12.6, 40.0), 0.25, True)
BATH = replace(HALL, point=Point("bad", "Bad", 10.06, 51.72), own=None)
FIGURES = ReachFigures(YOUTH, (HALL, BATH), {}, 160.0, (7.0, 25.0, 71.0))
VIEW = ReachView("Bus", "Kreis", "Plan", "Wer", "Wie viele", "Wie", ("Lücke",), ("© Quelle",))
HOMES = np.array([shapely.box(10.04, 51.69, 10.06, 51.71)], dtype=np.object_)


def render(figures: ReachFigures = FIGURES, view: ReachView = VIEW) -> str:
    spots = [(place.point.lon, place.point.lat) for place in figures.places]
    towns = {AGS: Municipality(AGS, "Amt", 900, 10.05, 51.7, shapely.box(10, 51.6, 10.1, 51.8))}
    return render_reachmap(view, figures, build_reaches(spots, None), district(), towns, HOMES)


def lightness(colour: str) -> float:
    """Return how light a colour is, 0 to 100 (CIE L*)."""
    linear = [
        (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)
        for value in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * float(np.cbrt(y)) - 16


def test_tones_are_told_apart_without_colour() -> None:
    tones = [lightness(fill) for fill, _line, _dash in style.REACH]
    assert np.diff([*tones, lightness(style.LAND)]).min() > 9
    assert np.diff(tones).min() > 15
    assert len({dash for _fill, _line, dash in style.REACH}) == 3


def test_estimates_are_called_so() -> None:
    page = render()
    assert page.count("\\u2248 71 junge Menschen") == 1
    assert "junge Menschen, Sch\\u00e4tzung" in page
    assert "\\u00a9 Quelle" in page


def test_what_a_person_typed_is_no_html() -> None:
    hostile = next(text for text in HOSTILE if "<script>" in text)
    named = replace(HALL, point=Point("halle", hostile, 10.05, 51.7))
    page = render(replace(FIGURES, places=(named,)), replace(VIEW, service=hostile))
    assert hostile not in page


def test_a_reach_is_needed_for_each_place() -> None:
    with pytest.raises(ValueError, match="reaches must be of 2 places, got 0"):
        render_reachmap(VIEW, FIGURES, (), district(), {}, None)


@pytest.mark.browser
@pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there")
def test_the_page_asks_for_nothing_and_shows_everything(tmp_path: Path) -> None:
    (path := tmp_path / "reach.html").write_text(render(), encoding="utf-8")
    with chromium(tmp_path / "profile") as browser:
        browser.open(path)
        drawn = browser.run(
            """
            for (const box of document.querySelectorAll("#list input")) {
              box.click();
              box.click();
            }
            document.querySelector(".wide").click();
            document.querySelector("#times th button").click();
            return [document.querySelectorAll(".pin").length,
              document.querySelectorAll(".leaflet-reach-pane path").length,
              document.querySelector(".leaflet-popup .facts").textContent,
              document.querySelector("#times tbody").textContent];
            """
        )
        assert (drawn[0], drawn[1]) == (2, 3)
        assert "1. Alte Halle" in drawn[2]
        assert re.sub(r"\s+", "", drawn[3]).count("≈13") == 2
        long = "Wer in Fußwegnähe eines Treffpunktes wohnt, niemand doppelt gezählt. " * 3
        told = replace(VIEW, heading=long, total=long, notes=(long, long))
        (full := tmp_path / "full.html").write_text(render(view=told), encoding="utf-8")
        browser.open(full, 390, 844, phone=True)
        shown = """return [document.querySelector("#head").offsetHeight,
          [...document.querySelectorAll(".said p")].filter((p) => p.checkVisibility())
            .map((p) => p.innerText.replaceAll("\u00a0", " "))]"""
        height, lines = browser.run(shown)
        assert height < 844 / 5
        assert lines[0] == "junge Menschen, Schätzung: 5 min ≈ 7 · 10 min ≈ 25 · 15 min ≈ 71"
        assert len(lines) == 3
        browser.run("document.querySelector('#head .more').click()")
        height, lines = browser.run(shown)
        assert height > 844 / 5
        assert [line.startswith(long[:-1]) for line in lines] == [True] * 4
        assert browser.complaints() == []
        assert [one for one in browser.requests() if not one.startswith(("file:", "data:"))] == []
