"""The web map in a browser without internet: what it asks for, shows and lets one do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from math import dist
from pathlib import Path
from typing import Any

import folium
import pytest
import shapely
from chromium import Browser, chromium, why_not
from webmap_examples import ESTIMATE, district, stop, tour, week

from maps.basemap import Label
from maps.leaflet import OfflineMap, Page, render_page
from maps.webmap import render_webmap

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a week of two afternoons with three stops."""
    path = tmp_path_factory.mktemp("page") / "week.html"
    path.write_text(render_webmap(week(network=ESTIMATE), district()), encoding="utf-8")
    return path


@pytest.fixture
def desk(browser: Browser, page: Path) -> Browser:
    browser.open(page)
    return browser


@pytest.fixture
def crowded(browser: Browser, tmp_path: Path) -> Browser:
    """Return a page with the same stop on five days, and with thirty names around it."""
    same = tuple(tour(day, [stop("Halle", 10.05, 51.7, 54_000)]) for day in range(23, 28))
    names = [Label("Amt", 9.98, 51.7, 900)]
    names += [Label(f"Dorf {i}", 9.98 + i / 1000, 51.7, 99 - i) for i in range(29)]
    path = tmp_path / "crowded.html"
    path.write_text(
        render_webmap(week(tours=same), replace(district(), labels=tuple(names))), encoding="utf-8"
    )
    browser.open(path)
    return browser


@pytest.fixture
def phone(browser: Browser, page: Path) -> Browser:
    browser.open(page, 390, 800, phone=True)
    return browser


def boxes(browser: Browser, selector: str) -> list[dict[str, float]]:
    """Return the boxes of what is visible, in pixels of the window."""
    found: list[dict[str, float]] = browser.run(
        f"""return [...document.querySelectorAll({selector!r})]
        .filter((e) => e.checkVisibility({{visibilityProperty: true}}))
        .map((e) => e.getBoundingClientRect().toJSON())"""
    )
    return found


def overlap(a: dict[str, float], b: dict[str, float], by: float = 1) -> bool:
    return (
        min(a["right"], b["right"]) - max(a["left"], b["left"]) > by
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > by
    )


def overlaps(found: list[dict[str, float]]) -> list[Any]:
    return [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if overlap(a, b)]


def use_everything(browser: Browser) -> None:
    """Open every popup and tooltip, toggle every layer, open the times, zoom and print."""
    browser.run(
        """
        for (const box of document.querySelectorAll("#list input")) { box.click(); box.click(); }
        document.querySelectorAll("#list input").forEach((box) => box.checked || box.click());
        for (const pin of document.querySelectorAll(".pin, .route")) {
          pin.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
          pin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
        }
        document.querySelector(".wide").click();
        document.querySelectorAll("#times th button").forEach((button) => button.click());
        document.querySelector(".leaflet-control-zoom-in").click();
        """
    )
    browser.print()


# ---- Alone in the world -------------------------------------------------------------------


def test_the_page_asks_for_nothing_but_itself(desk: Browser, page: Path) -> None:
    use_everything(desk)
    assert desk.requests() == [page.as_uri()]


def test_the_console_stays_silent(desk: Browser) -> None:
    use_everything(desk)
    assert desk.complaints() == []


def test_the_policy_holds(desk: Browser) -> None:
    desk.run("new Image().src = 'https://example.org/x.png'")
    (complaint,) = desk.complaints()
    assert "Content Security Policy" in complaint


def test_other_layers_of_folium_work_on_the_map(browser: Browser, tmp_path: Path) -> None:
    style = ".folium-map { height: 90vh }"
    bare = OfflineMap(style=style, code="const draw = () => {};", data={}, notice="")
    folium.Marker((0, 0), tooltip="here").add_to(bare)
    path = tmp_path / "bare.html"
    path.write_text(render_page(Page("bare", "en"), bare), encoding="utf-8")
    browser.open(path)
    assert (len(boxes(browser, ".leaflet-marker-icon")), browser.complaints()) == (1, [])


# ---- What is shown ------------------------------------------------------------------------


def test_each_stop_has_a_marker(desk: Browser) -> None:
    assert desk.run("return document.querySelectorAll('.disc').length") == 3


def test_each_depot_has_a_marker(desk: Browser) -> None:
    assert desk.run("return document.querySelectorAll('.depot').length") == 1


def test_lines_are_drawn_as_svg(desk: Browser) -> None:
    assert desk.run("return document.querySelectorAll('canvas').length") == 0


def test_afternoons_on_one_road_lie_side_by_side(crowded: Browser) -> None:
    paths = crowded.run(
        "return [...document.querySelectorAll('.route')].map((path) => path.getAttribute('d'))"
    )
    assert len(set(paths)) == 5


def test_places_left_out_are_hidden_at_first(desk: Browser) -> None:
    assert desk.run("return document.querySelectorAll('.pin .dot').length") == 0


def test_places_left_out_can_be_shown(desk: Browser) -> None:
    desk.run("document.querySelectorAll('#list input')[2].click()")
    assert desk.run("return document.querySelectorAll('.pin .dot').length") == 1


def test_unticking_an_afternoon_hides_its_stops(desk: Browser) -> None:
    desk.run("document.querySelector('#list input').click()")
    assert desk.run("return document.querySelectorAll('.disc').length") == 1


def test_unticking_an_afternoon_hides_its_route(desk: Browser) -> None:
    desk.run("document.querySelector('#list input').click()")
    assert desk.run("return document.querySelectorAll('.route').length") == 1


def test_ticking_an_afternoon_again_shows_it(desk: Browser) -> None:
    desk.run("document.querySelector('#list input').click()")
    desk.run("document.querySelector('#list input').click()")
    assert desk.run("return document.querySelectorAll('.disc').length") == 3


def test_a_click_on_a_stop_tells_its_times(desk: Browser) -> None:
    desk.run("document.querySelector('.disc').click()")
    shown = desk.run("return document.querySelector('.leaflet-popup').innerText")
    assert "15:00–15:45 Uhr" in shown


def test_a_name_in_the_times_opens_its_stop(desk: Browser) -> None:
    desk.run("document.querySelectorAll('#times th button')[2].click()")
    assert desk.run("return document.querySelector('.leaflet-popup h2').textContent") == "1. Campus"


def test_stops_at_one_place_step_aside(crowded: Browser) -> None:
    assert overlaps(boxes(crowded, ".disc")) == []


def test_no_name_of_a_municipality_covers_a_stop_or_another_name(crowded: Browser) -> None:
    assert overlaps(boxes(crowded, ".municipality .name, .disc, .depot")) == []


def test_the_largest_of_crowded_names_is_shown(crowded: Browser) -> None:
    shown = crowded.run(
        "return [...document.querySelectorAll('.municipality .name')]"
        ".filter((e) => e.style.visibility === 'visible').map((e) => e.textContent)"
    )
    assert "Amt" in shown and len(shown) < 30


@pytest.mark.parametrize(("width", "height"), [(1280, 850), (390, 800), (320, 560), (900, 500)])
def test_no_stop_hides_under_a_panel(browser: Browser, page: Path, width: int, height: int) -> None:
    browser.open(page, width, height)
    panels = boxes(browser, ".panel")
    assert not [
        disc for disc in boxes(browser, ".disc, .depot") for p in panels if overlap(disc, p)
    ]


@pytest.mark.parametrize(("width", "height"), [(1280, 850), (1600, 900), (390, 800)])
def test_no_panel_hides_the_district(
    browser: Browser, tmp_path: Path, width: int, height: int
) -> None:
    corners = [stop("SW", 9.87, 51.62, 54_000), stop("NO", 10.13, 51.78, 61_200)]
    path = tmp_path / "wide.html"
    path.write_text(render_webmap(week(tours=(tour(24, corners),)), district()), encoding="utf-8")
    browser.open(path, width, height)
    (land,) = boxes(browser, ".leaflet-land-pane path")
    assert [p for p in boxes(browser, "#head, #layers, #credits") if overlap(land, p)] == []


def test_stops_of_a_narrow_district_do_not_hide_under_buttons(
    browser: Browser, tmp_path: Path
) -> None:
    land = replace(district(), boundary=shapely.box(9.96, 51.0, 10.02, 52.3))
    halts = [stop(f"{k}", 9.97 + 0.01 * k, 51.05 + 0.24 * k, 52_000 + 3_600 * k) for k in range(6)]
    (path := tmp_path / "narrow.html").write_text(
        render_webmap(week(tours=(tour(24, halts),)), land), encoding="utf-8"
    )
    browser.open(path, 360, 640, phone=True)
    buttons = boxes(browser, "#head .wide")
    discs = boxes(browser, ".disc")
    assert len(discs) == 6
    assert [disc for disc in discs for one in buttons if overlap(disc, one)] == []


def test_a_week_without_stops_shows_the_whole_district(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.write_text(render_webmap(week(tours=(tour(24, ()),)), district()), encoding="utf-8")
    browser.open(path)
    (land,) = boxes(browser, ".leaflet-land-pane path")
    assert 0 <= land["left"] < land["right"] <= 1280
    assert 0 <= land["top"] < land["bottom"] <= 850


# ---- On a phone ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 430])
def test_title_and_layers_do_not_overlap_on_a_phone(
    browser: Browser, page: Path, width: int
) -> None:
    browser.open(page, width, 800, phone=True)
    assert overlaps(boxes(browser, "#head, #layers, #credits")) == []


def test_a_phone_need_not_scroll_sideways(phone: Browser) -> None:
    assert phone.run("return document.documentElement.scrollWidth") == 390


def test_what_a_finger_hits_is_large_enough_on_a_phone(phone: Browser) -> None:
    phone.run("document.querySelector('#layers button').click()")
    phone.run("document.querySelector('.wide').click()")
    small = [
        box
        for box in boxes(phone, "button, #list label, .pin, .leaflet-bar a")
        if min(box["width"], box["height"]) < 43.5
    ]
    assert small == []


def test_markers_tell_the_weekday_on_a_phone(phone: Browser) -> None:
    assert phone.run(
        "return [...document.querySelectorAll('.disc small')].filter((e) => e.checkVisibility())"
        ".map((e) => e.textContent)"
    ) == ["Di", "Di", "Do"]  # fmt: skip


def test_number_and_weekday_fit_into_a_marker_on_a_phone(phone: Browser) -> None:
    discs, words = boxes(phone, ".disc"), boxes(phone, ".disc > *")
    assert len(words) == 2 * len(discs)
    for box in words:
        x, y = (box["left"] + box["right"]) / 2, (box["top"] + box["bottom"]) / 2
        disc = next(d for d in discs if d["left"] < x < d["right"] and d["top"] < y < d["bottom"])
        middle = (disc["left"] + disc["right"]) / 2, (disc["top"] + disc["bottom"]) / 2
        corners = [(box[a], box[b]) for a in ("left", "right") for b in ("top", "bottom")]
        assert max(dist(corner, middle) for corner in corners) <= disc["width"] / 2


def test_layers_are_folded_on_a_phone(phone: Browser) -> None:
    assert boxes(phone, "#list") == []


def test_layers_unfold_at_a_touch(phone: Browser) -> None:
    phone.run("document.querySelector('#layers button').click()")
    assert len(boxes(phone, "#list")) == 1


def test_times_can_be_closed_on_a_phone(phone: Browser) -> None:
    phone.run("document.querySelector('.wide').click()")
    phone.run("document.querySelector('.done').click()")
    assert boxes(phone, "#times") == []


# ---- Without a mouse, without eyes --------------------------------------------------------


def test_every_marker_can_be_reached_by_keyboard_and_is_named(desk: Browser) -> None:
    markers = desk.run(
        "return [...document.querySelectorAll('.pin')].map((pin) => "
        "[pin.tabIndex, pin.getAttribute('role'), Boolean(pin.getAttribute('aria-label'))])"
    )
    assert markers == [[0, "button", True]] * 4


def test_enter_opens_a_stop_and_escape_closes_it(desk: Browser) -> None:
    def press(key: str, code: int) -> None:
        for kind in ("keyDown", "keyUp"):
            options = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
            text = {"text": "\r"} if key == "Enter" and kind == "keyDown" else {}
            desk.command("Input.dispatchKeyEvent", options | text)

    desk.run("document.querySelector('.pin').focus()")
    press("Enter", 13)
    opened = desk.run("return document.querySelectorAll('.leaflet-popup').length")
    press("Escape", 27)
    desk.run("document.querySelector('.folium-map').offsetTop")
    closed = desk.run(
        "return document.querySelectorAll('.leaflet-popup:not([style*=\"opacity: 0\"])').length"
    )
    assert (opened, closed) == (1, 0)


def test_the_times_are_tables_with_heads(desk: Browser) -> None:
    heads = desk.run("return document.querySelectorAll('#times table th[scope=col]').length")
    assert heads == 8


def test_buttons_say_whether_they_are_open(desk: Browser) -> None:
    desk.run("document.querySelector('.wide').click()")
    assert desk.run("return document.querySelector('.wide').ariaExpanded") == "true"


def test_every_button_has_a_name(desk: Browser) -> None:
    unnamed = desk.run(
        "return [...document.querySelectorAll('button, [role=button]')].filter((b) => "
        "!b.textContent.trim() && !b.getAttribute('aria-label')).map((b) => b.outerHTML)"
    )
    assert unnamed == []


# ---- On paper -----------------------------------------------------------------------------


def test_the_map_takes_one_sheet_and_the_times_another(desk: Browser) -> None:
    assert len(re.findall(rb"/Type\s*/Page\b", desk.print())) == 2


def test_paper_lies_across(desk: Browser) -> None:
    found = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", desk.print())
    assert {(round(float(w)), round(float(h))) for w, h in found} == {(842, 595)}


def test_after_printing_the_screen_is_as_before(desk: Browser) -> None:
    before = boxes(desk, ".disc, .panel")
    desk.print()
    assert boxes(desk, ".disc, .panel") == before
