"""The map of the hotspots in a browser without internet: what it shows and lets one do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from chromium import Browser, chromium, why_not
from test_hotspotmap import SPOTS, page
from test_webmap_browser import boxes, overlap

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "hotspots.html"
    path.write_text(page(), encoding="utf-8")
    return path


@pytest.fixture
def desk(browser: Browser, file: Path) -> Browser:
    browser.open(file)
    return browser


def words(browser: Browser, selector: str) -> list[str]:
    """Return the words of what is visible."""
    found: list[str] = browser.run(
        f"""return [...document.querySelectorAll({selector!r})]
        .filter((e) => e.checkVisibility({{visibilityProperty: true}}))
        .map((e) => e.textContent)"""
    )
    return found


def use_everything(browser: Browser) -> None:
    browser.run(
        """
        for (const box of document.querySelectorAll("#list input")) { box.click(); box.click(); }
        for (const pin of document.querySelectorAll(".pin")) {
          pin.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
          pin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }
        document.querySelector("button.wide").click();
        document.querySelectorAll("#times th button").forEach((button) => button.click());
        """
    )
    browser.print()


def test_the_page_asks_for_nothing_but_itself_and_complains_of_nothing(
    desk: Browser, file: Path
) -> None:
    use_everything(desk)
    assert (desk.requests(), desk.complaints()) == ([file.as_uri()], [])


def test_each_kind_of_place_has_a_look_of_its_own_beside_its_colour(desk: Browser) -> None:
    looks = desk.run(
        """return [...document.querySelectorAll(".leaflet-marker-pane .spot")].map((spot) => {
          const style = getComputedStyle(spot);
          return [style.borderTopStyle, style.borderTopLeftRadius,
            style.boxShadow.split("px,").length, style.backgroundImage !== "none"].join();
        })"""
    )
    assert len(set(looks)) == len(SPOTS)


def test_a_name_in_the_list_opens_its_place(desk: Browser) -> None:
    desk.run("document.querySelector('.wide').click()")
    desk.run("document.querySelector('#times th button').click()")
    assert words(desk, ".leaflet-popup h2") == ["Halle"]
    assert words(desk, ".leaflet-popup .story li") == ["dann", "erst"]


def test_a_layer_that_is_switched_off_comes_back_with_a_place_of_it(desk: Browser) -> None:
    desk.run("document.querySelector('#list input').click()")
    assert len(boxes(desk, ".leaflet-marker-pane .spot")) == len(SPOTS) - 1
    desk.run("document.querySelector('#times th button').click()")
    assert len(boxes(desk, ".leaflet-marker-pane .spot")) == len(SPOTS)


@pytest.mark.parametrize(("width", "height"), [(1280, 850), (390, 800)])
def test_no_place_hides_under_a_panel(
    browser: Browser, file: Path, width: int, height: int
) -> None:
    browser.open(file, width, height)
    panels, spots = boxes(browser, ".panel"), boxes(browser, ".leaflet-marker-pane .spot")
    assert not [spot for spot in spots for panel in panels if overlap(spot, panel)]


def test_circles_of_a_crowded_district_are_small_from_afar_and_as_the_legend_from_near(
    browser: Browser, tmp_path: Path
) -> None:
    crowd = [
        replace(SPOTS[0], name=f"{i}", lon=9.9 + i % 8 / 50, lat=51.65 + i // 8 / 50)
        for i in range(64)
    ]
    # At one and the same place.
    crowd[1] = replace(crowd[0], name="1")
    path = tmp_path / "crowd.html"
    path.write_text(page(*crowd), encoding="utf-8")
    browser.open(path, 390, 800, phone=True)

    def largest() -> float:
        return max(box["width"] for box in boxes(browser, ".leaflet-marker-pane .spot"))

    afar = boxes(browser, ".leaflet-marker-pane .spot")
    assert largest() < 30
    assert not overlap(afar[0], afar[1])
    for _step in range(3):
        browser.run("document.querySelector('.leaflet-control-zoom-in').click()")
        time.sleep(0.3)
    assert largest() == 46


def test_a_popup_has_room_between_title_and_buttons_of_a_small_telephone(
    browser: Browser, tmp_path: Path
) -> None:
    told = replace(SPOTS[0], story=tuple(f"Besuch {n}, {'Halle ' * 30}" for n in range(6)))
    (path := tmp_path / "told.html").write_text(page(told), encoding="utf-8")
    browser.open(path, 360, 640, phone=True)
    browser.run("document.querySelector('#times th button').click()")
    time.sleep(0.4)
    (popup,) = boxes(browser, ".leaflet-popup-content-wrapper")
    assert 0 <= popup["left"] < popup["right"] <= 360
    assert not [box for box in boxes(browser, "#head, #head .wide") if overlap(popup, box)]
