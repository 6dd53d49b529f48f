"""The map of a comparison in a browser without internet: one plan at a time, and its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Browser, chromium, why_not
from test_webmap_browser import boxes, overlap, overlaps
from webmap_examples import ESTIMATE, district, stop, tour, week

from maps.comparemap import Figure, Panel, render_comparemap

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "Chromium is there"),
]

PLANS = (
    week(network=ESTIMATE),
    week(
        network=ESTIMATE,
        tours=tuple(
            tour(day, [stop(f"Halt {day}", 9.95 + day / 1000, 51.7, 54_000)], name="Anderswo")
            for day in (23, 24, 25, 26, 27)
        ),
    ),
)
FIGURES: tuple[Figure, ...] = tuple(
    (name, ("3", "5"), ("", "+2")) for name in ("Wert", "Halte", "km", "Fahrt", "Vor Ort")
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of two plans, one with two afternoons and one with five."""
    panels = [
        Panel("unverändert", "", PLANS[0]),
        Panel("Jeden Tag", "+Mo, +Mi, +Fr", PLANS[1]),
        Panel("Nie", "-Di, -Do", None, "Es geht nicht."),
    ]
    path = tmp_path_factory.mktemp("page") / "compare.html"
    text = render_comparemap(panels, district(), FIGURES, ["Kosten sind nicht enthalten."])
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def desk(browser: Browser, page: Path) -> Browser:
    browser.open(page)
    return browser


@pytest.fixture
def phone(browser: Browser, page: Path) -> Browser:
    browser.open(page, 390, 800, phone=True)
    return browser


def choose(browser: Browser, number: int) -> None:
    browser.run(
        f"""const select = document.querySelector("#variant");
        select.value = {number};
        select.dispatchEvent(new Event("change"));"""
    )


def shown(browser: Browser, selector: str) -> list[str]:
    """Return the words of what is visible."""
    found: list[str] = browser.run(
        f"""return [...document.querySelectorAll({selector!r})]
        .filter((e) => e.checkVisibility({{visibilityProperty: true}}))
        .map((e) => e.textContent)"""
    )
    return found


def use_everything(browser: Browser) -> None:
    """Show each plan, tick each layer twice, open every popup and panel, and print."""
    for number in (1, 0, 1):
        choose(browser, number)
        browser.run(
            """
            const boxes = document.querySelectorAll("#list li:not([hidden]) input");
            for (const box of boxes) { box.click(); box.click(); }
            for (const pin of document.querySelectorAll(".pin, .route")) {
              pin.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
              pin.dispatchEvent(new MouseEvent("click", { bubbles: true }));
            }
            document.querySelectorAll("button.wide").forEach((button) => button.click());
            document.querySelectorAll("#times :not([hidden]) > tbody th button")
              .forEach((button) => button.click());
            """
        )
    browser.print()


@pytest.mark.parametrize("number", [0, 1])
def test_no_panel_hides_the_district(browser: Browser, tmp_path: Path, number: int) -> None:
    corners = [stop("SW", 9.87, 51.62, 54_000), stop("NO", 10.13, 51.78, 61_200)]
    plans = [week(tours=(tour(24, corners),)), PLANS[1]]
    panels = [Panel(f"{n}", "+Mo, +Mi, +Fr" * n, plan) for n, plan in enumerate(plans)]
    path = tmp_path / "wide.html"
    path.write_text(render_comparemap(panels, district(), FIGURES), encoding="utf-8")
    browser.open(path)
    choose(browser, number)
    (land,) = boxes(browser, ".leaflet-land-pane path")
    assert [panel for panel in boxes(browser, ".panel") if overlap(land, panel)] == []


# ---- Alone in the world -------------------------------------------------------------------


def test_the_page_asks_for_nothing_but_itself(desk: Browser, page: Path) -> None:
    use_everything(desk)
    assert desk.requests() == [page.as_uri()]


def test_the_console_stays_silent(desk: Browser) -> None:
    use_everything(desk)
    assert desk.complaints() == []


# ---- One plan at a time -------------------------------------------------------------------


def test_at_first_the_first_plan_is_shown(desk: Browser) -> None:
    assert (len(shown(desk, ".disc")), len(shown(desk, "#list li"))) == (3, 4)


def test_another_plan_takes_the_place_of_the_first(desk: Browser) -> None:
    choose(desk, 1)
    assert (len(shown(desk, ".disc")), len(shown(desk, "#list li"))) == (5, 7)
    assert desk.run("return document.querySelectorAll('.route').length") == 5


def test_the_depot_is_that_of_the_plan(desk: Browser) -> None:
    choose(desk, 1)
    labels = desk.run(
        "return [...document.querySelectorAll('.pin:has(.depot)')].map((e) => e.ariaLabel)"
    )
    assert labels == ["Depot: Anderswo"]


def test_the_first_plan_comes_back_as_it_was(desk: Browser) -> None:
    before = boxes(desk, ".disc, .panel, #list li")
    choose(desk, 1)
    choose(desk, 0)
    assert boxes(desk, ".disc, .panel, #list li") == before


def test_an_afternoon_that_is_switched_off_stays_off(desk: Browser) -> None:
    desk.run("document.querySelector('#list input').click()")
    choose(desk, 1)
    choose(desk, 0)
    assert len(shown(desk, ".disc")) == 1


def test_places_left_out_stay_shown_in_the_next_plan(desk: Browser) -> None:
    desk.run("document.querySelectorAll('#list input')[2].click()")
    choose(desk, 1)
    assert len(shown(desk, ".pin .dot")) == 1


def test_facts_and_times_are_those_of_the_plan(desk: Browser) -> None:
    choose(desk, 1)
    desk.run("document.querySelector('.beside').click()")
    assert (len(shown(desk, "#times table")), shown(desk, ".changes")) == (5, ["+Mo, +Mi, +Fr"])


def test_a_name_in_the_times_opens_its_stop(desk: Browser) -> None:
    choose(desk, 1)
    desk.run("[...document.querySelectorAll('#times th button')].at(-1).click()")
    assert shown(desk, ".leaflet-popup h2") == ["1. Halt 27"]


def test_the_map_does_not_move_from_plan_to_plan(desk: Browser) -> None:
    where = "return document.querySelector('.leaflet-land-pane path').getBoundingClientRect().x"
    before = desk.run(where)
    choose(desk, 1)
    assert desk.run(where) == before


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(("width", "height"), [(1280, 850), (390, 800), (320, 560)])
def test_no_stop_hides_under_a_panel(
    browser: Browser, page: Path, width: int, height: int, number: int
) -> None:
    browser.open(page, width, height)
    choose(browser, number)
    panels = boxes(browser, ".panel")
    discs = boxes(browser, ".disc, .depot")
    assert not [disc for disc in discs for panel in panels if overlap(disc, panel)]


# ---- The figures --------------------------------------------------------------------------


def test_the_figures_of_the_plan_stand_beside_its_name(desk: Browser) -> None:
    choose(desk, 1)
    assert shown(desk, ".sums tr")[:2] == ["Wert5+2", "Halte5+2"]


def test_all_figures_are_a_table_with_a_column_per_plan(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    assert shown(desk, "#figures thead th") == ["unverändert", "Jeden Tag"]
    assert shown(desk, "#figures tbody tr")[0] == "Wert35 +2"


def test_the_head_of_a_column_shows_its_plan(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    desk.run("document.querySelectorAll('#figures th button')[1].click()")
    assert len(shown(desk, ".disc")) == 5
    assert desk.run("return document.querySelector('#variant').value") == "1"


def test_a_variant_without_a_plan_is_told_and_cannot_be_chosen(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    assert shown(desk, "#figures .failed") == ["Nie: kein Plan. Es geht nicht."]
    assert desk.run("return document.querySelectorAll('#variant option')[2].disabled") is True


def test_what_has_to_be_known_stands_below_the_figures(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    assert "Kosten sind nicht enthalten." in shown(desk, "#figures p")


def test_one_of_figures_and_times_is_open(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    desk.run("document.querySelector('.beside').click()")
    assert (boxes(desk, "#figures"), len(boxes(desk, "#times"))) == ([], 1)


# ---- On a phone, without a mouse, on paper ------------------------------------------------


def test_a_phone_need_not_scroll_sideways(phone: Browser) -> None:
    phone.run("document.querySelector('.all').click()")
    assert phone.run("return document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 390, 430])
def test_nothing_to_hit_overlaps_on_a_phone(browser: Browser, page: Path, width: int) -> None:
    browser.open(page, width, 800, phone=True)
    found = boxes(browser, "select, .wide, .leaflet-bar, #layers, #credits, .leaflet-control-scale")
    assert overlaps(found) == []


def test_what_a_finger_hits_is_large_enough_on_a_phone(phone: Browser) -> None:
    phone.run("document.querySelector('.all').click()")
    found = boxes(phone, "button, select")
    assert [box for box in found if min(box["width"], box["height"]) < 43.5] == []


def test_an_arrow_key_shows_the_next_plan(desk: Browser) -> None:
    desk.run("document.querySelector('#variant').focus()")
    for kind in ("rawKeyDown", "keyUp"):
        desk.command(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "ArrowDown", "code": "ArrowDown", "windowsVirtualKeyCode": 40},
        )
    assert len(shown(desk, ".disc")) == 5


def test_escape_closes_the_figures(desk: Browser) -> None:
    desk.run("document.querySelector('.all').click()")
    desk.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))")
    assert boxes(desk, "#figures") == []


def test_every_control_has_a_name(desk: Browser) -> None:
    unnamed = desk.run(
        "return [...document.querySelectorAll('button, [role=button], select')].filter((b) => "
        "!b.textContent.trim() && !b.ariaLabel || b.matches('select') && !b.labels.length)"
        ".map((b) => b.outerHTML)"
    )
    assert unnamed == []


def test_map_figures_and_times_take_a_sheet_each(desk: Browser) -> None:
    assert len(re.findall(rb"/Type\s*/Page\b", desk.print())) == 3


def test_after_printing_the_screen_is_as_before(desk: Browser) -> None:
    choose(desk, 1)
    before = boxes(desk, ".disc, .panel")
    desk.print()
    assert boxes(desk, ".disc, .panel") == before
