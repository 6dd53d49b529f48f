"""The page of proposals in a browser without internet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, chromium, why_not
from test_proposalmap import page, place, proposed

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there"),
]
EVERYTHING = """
for (const box of document.querySelectorAll("#list input")) box.click();
for (const box of document.querySelectorAll("#list input")) box.click();
for (const button of document.querySelectorAll(".wide")) button.click();
for (const go of document.querySelectorAll("#times th button")) go.click();
for (const pin of document.querySelectorAll(".pin")) {
  pin.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  pin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
}
document.querySelector(".leaflet-control-zoom-in").click();
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with a place and a proposal of each decision, far from each other."""
    made = tmp_path_factory.mktemp("page") / "proposals.html"
    rows = (
        proposed(name="Offen", lon=9.9),
        proposed("yes", name="Ja", id="b", lon=10.0),
        proposed("no", name="Nein", id="c", lon=9.95),
    )
    made.write_text(page(*rows, places=(place("Markt", id="m", lat=51.65),)), encoding="utf-8")
    return made


@pytest.fixture
def desk(browser: Browser, path: Path) -> Browser:
    browser.open(path)
    return browser


def test_the_page_asks_for_nothing_and_complains_of_nothing(desk: Browser, path: Path) -> None:
    desk.run(EVERYTHING)
    desk.print()
    assert (desk.requests(), desk.complaints()) == ([path.as_uri()], [])


def test_what_was_refused_is_shown_on_demand(desk: Browser) -> None:
    shown = "return document.querySelectorAll('.pin .diamond').length"
    assert desk.run(shown) == 2
    desk.run("""for (const box of document.querySelectorAll("#list input"))
        if (!box.checked) box.click()""")
    assert desk.run(shown) == 3


def test_places_and_proposals_differ_in_shape_and_decisions_in_their_mark(desk: Browser) -> None:
    assert desk.run("return document.querySelectorAll('.pin .ring').length") == 1
    turned = desk.run(
        "return getComputedStyle(document.querySelector('.pin .diamond i')).transform"
    )
    assert turned.startswith("matrix(0.707")
    assert desk.run("return document.querySelector('.pin .diamond.yes b').textContent") == "✓"


def test_diamonds_shrink_where_they_would_cover_the_map(browser: Browser, tmp_path: Path) -> None:
    rows = [
        proposed("yes" * (k % 3 == 0), name=f"Ort {k}", id=f"p{k}",
                 lon=9.9 + 0.02 * (k % 13), lat=51.62 + 0.012 * (k // 13))
        for k in range(169)
    ]  # fmt: skip
    (path := tmp_path / "many.html").write_text(page(*rows), encoding="utf-8")
    browser.open(path)
    sizes = """return [...document.querySelectorAll(".pin .diamond")]
      .map((one) => one.getBoundingClientRect().width)"""
    far = browser.run(sizes)
    assert len(far) == 169
    room = browser.run("""const spots = [...document.querySelectorAll(".pin .diamond")]
      .map((one) => one.getBoundingClientRect()), of = (side) => spots.map((box) => box[side]);
      return (Math.max(...of("right")) - Math.min(...of("left")))
        * (Math.max(...of("bottom")) - Math.min(...of("top")))""")
    # A diamond covers half of the square around it.
    assert sum(size * size / 2 for size in far) < room / 8
    marks = browser.run("""return [...document.querySelectorAll(".pin .diamond.yes b")]
      .map((one) => one.getBoundingClientRect().width)""")
    assert min(marks) > 8
    # An entry of the list leads so near that there is room.
    browser.run("document.querySelector('#times th button').click()")
    assert max(browser.run(sizes)) == 26


def test_the_list_leads_to_the_popup(desk: Browser) -> None:
    desk.run("document.querySelector('.wide').click()")
    desk.run("document.querySelector('#times th button').click()")
    text = desk.run("return document.querySelector('.leaflet-popup-content').textContent")
    assert "Offen" in text
    assert "tours places accept halle" in text
