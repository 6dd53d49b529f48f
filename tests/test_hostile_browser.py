"""Hostile texts on every page that the program writes, in a browser without internet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import test_hotspotmap as hotspots
import test_proposalmap as proposals
import test_reachmap as reach
from chromium import Browser, chromium, why_not
from coverage_districts import named
from hostile_texts import HOSTILE
from webmap_examples import district, stop, tour, week

from geodata.travel import Point
from maps.comparemap import Panel, render_comparemap
from maps.coverage.page import render_coverage_page
from maps.coverage.webmap import render_coveragemap
from maps.reachmap import ReachView
from maps.webmap import render_webmap
from tours.plan import Plan
from tours.tour import Depot

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there"),
]
# Laying out long texts again and again takes a browser its time.
TYPED = tuple(text[:300] for text in HOSTILE)
HARMLESS = tuple(f"Ort {number}" for number in range(len(TYPED)))
USE = """
const all = (selector) => [...document.querySelectorAll(selector)];
for (const box of all("#list input")) { box.click(); box.click(); }
for (const pin of all(".pin, .route, .leaflet-interactive")) {
  pin.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  pin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}
for (const button of all("button.wide, #times th button")) button.click();
"""
SHOWN = """
const found = document.documentElement.cloneNode(true);
for (const part of found.querySelectorAll("script, style")) part.remove();
return found.textContent;
"""
KINDS = """
const all = [...document.querySelectorAll("*")];
return [...new Set(all.flatMap((e) => [e.tagName, ...e.getAttributeNames()]))].sort();
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


def plan_of(names: Sequence[str]) -> Plan:
    every = "".join(names)
    stops = [
        stop(name, 9.9 + n / 200, 51.7, 54_000, municipality=name) for n, name in enumerate(names)
    ]
    left = tuple(replace(week().unassigned[0], name=name, municipality=name) for name in names)
    afternoon = replace(tour(24, stops), depot=Depot(every, 9.9, 51.65))
    return week(
        tours=(afternoon,), unassigned=left, service=every, district=every, attribution=every
    )


def week_page(names: Sequence[str]) -> str:
    return render_webmap(plan_of(names), district(name=names[0]))


def compare_page(names: Sequence[str]) -> str:
    every, plan = "".join(names), plan_of(names)
    panels = [Panel(every, every, plan), Panel(every, every, week(), every), Panel(every, "", None)]
    figures = [(name, (name, name), (name, name)) for name in names]
    return render_comparemap(panels, district(name=names[0]), figures, [every])


def hotspots_page(names: Sequence[str]) -> str:
    return hotspots.named("".join(names))


def proposals_page(names: Sequence[str]) -> str:
    every = "".join(names)
    rows = [
        proposals.proposed(
            name=name, source=name, hours=name, note=name, id=f"p{n}", lon=9.9 + n / 200
        )
        for n, name in enumerate(names)
    ]
    return proposals.page(*rows, places=(proposals.place(every),), service=every, town=every)


def reach_page(names: Sequence[str]) -> str:
    every = "".join(names)
    view = ReachView(every, every, every, every, every, every, tuple(names), (every,))
    places = (replace(reach.HALL, point=Point("halle", every, 10.05, 51.7)), reach.BATH)
    return reach.render(replace(reach.FIGURES, places=places), view)


def coverage_map(names: Sequence[str]) -> str:
    report, land = named(names)
    every = "".join(names)
    odd = replace(report, service=every, district=every, attribution=every)
    return render_coveragemap(odd, land, district(name=names[0]))


def coverage_page(names: Sequence[str]) -> str:
    report, land = named(names)
    every = "".join(names)
    return render_coverage_page(
        replace(report, service=every, district=every, attribution=every), land
    )


PAGES: tuple[Callable[[Sequence[str]], str], ...] = (
    *(week_page, compare_page, hotspots_page, proposals_page, reach_page),
    *(coverage_map, coverage_page),
)


def look(browser: Browser, path: Path, page: str) -> tuple[Any, str]:
    """Use everything on a page; return its kinds of elements and attributes, and its words."""
    path.write_text(page, encoding="utf-8", newline="")
    browser.open(path)
    browser.run(USE)
    words = str(browser.run(SHOWN))
    return browser.run(KINDS), words


def same(text: str) -> str:
    """Return the letters of a text; blanks and what HTML has no way to write aside."""
    return "".join(c for c in text if c.isprintable() and not c.isspace())


@pytest.mark.parametrize("render", PAGES, ids=lambda render: render.__name__)
def test_texts_are_shown_as_they_were_typed_and_nothing_runs(
    render: Callable[[Sequence[str]], str], browser: Browser, tmp_path: Path
) -> None:
    usual, _words = look(browser, tmp_path / "usual.html", render(HARMLESS))
    odd, words = look(browser, tmp_path / "odd.html", render(TYPED))
    assert (browser.run("return window.ran"), browser.complaints()) == (None, [])
    assert set(odd) == set(usual)
    shown = same(words)
    assert [text for text in TYPED if same(text) not in shown] == []
