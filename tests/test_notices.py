"""Public notices: what stands on them, what never does, and that nothing breaks them."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pytest
import segno
from pdf_words import Page, read_pdf
from sheet_examples import HOSTILE, basemap, plan, stop, tour

from maps.basemap import Label
from maps.ground import lay_ground
from maps.lettering import printable
from maps.noticemap import map_address, qr_code
from maps.noticepage import notice_page
from maps.notices import render_notices
from maps.noticewords import load_words
from maps.paper import Part
from tours.announced import Announcement, announce
from tours.dayoff import DayOff
from tours.plan import Plan
from tours.tour import APPOINTMENT, Stop

EVES = (DayOff(12, 24), DayOff(12, 31))
NEEDS_PDFTOTEXT = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="there is no pdftotext"
)


def week(*places: Stop) -> Plan:
    """Return a plan of the week before Christmas with one stop per place on Thursday."""
    made = plan(tour(3, list(places)))
    day = made.tours[0].date
    return replace(
        made, week="2026-W51", tours=(replace(made.tours[0], date=day.replace(month=12, day=17)),)
    )


def pdf_of(
    some: Plan, *languages: str, paper: str = "a4", contact: str = "", is_estimate: bool = False
) -> bytes:
    return render_notices(
        some,
        announce(some, state="NI", no_service=EVES),
        basemap(is_estimate=is_estimate),
        load_words(languages or ("de", "en")),
        ages=(14, 21),
        contact=contact,
        paper=paper,
    )


@lru_cache
def usual() -> list[Page]:
    return read_pdf(pdf_of(week(stop(0), stop(1)), contact="@name"))


def part_of(place: Announcement, *languages: str, is_estimate: bool = False) -> Part:
    land = replace(
        basemap(is_estimate=is_estimate),
        bus_stops=(
            *(Label("Am Ring", 10.004, 51.704, 0), Label("Weit weg", 10.19, 51.89, 0)),
            Label("Am Anger", 10.0022, 51.7002, 0),
        ),
    )
    return notice_page(
        place,
        lay_ground(land),
        load_words(languages or ("de",)),
        service="BackUp",
        ages=(14, 21),
        contact="",
        paper="a4",
        enlarged=1.0,
    )


def place_of(name: str = "") -> Announcement:
    return announce(week(stop(0, name=name)), state="NI", no_service=EVES)[0]


def test_same_input_same_bytes() -> None:
    assert pdf_of(week(stop(0))) == pdf_of(week(stop(0)))


def test_a_page_per_place_with_what_one_has_to_know() -> None:
    assert len(usual()) == 2
    for number, time in enumerate(("14:05–14:20", "14:30–14:45")):
        for words in (
            *(f"Halt {number}", "Northeim", "BackUp", time, "Donnerstag", "Thursday", "@name"),
            *("Für alle von 14 bis 21 Jahren", "Der Bus für junge Leute", "openstreetmap.org"),
        ):
            assert usual()[number].has(words)


def test_next_dates_stand_there_with_their_exceptions_in_every_language() -> None:
    page = usual()[0]
    for day in ("Donnerstag, 17. Dezember", "Thursday 17 December", "Donnerstag, 21. Januar"):
        assert page.has(day)
    assert page.text.count("entfällt") == page.text.count("cancelled") == 2
    assert not page.has("28. Januar")


def test_without_a_contact_nothing_is_said_of_one() -> None:
    assert not read_pdf(pdf_of(week(stop(0))))[0].has("Kontakt")


def test_appointments_and_private_places_are_on_no_page() -> None:
    halts = [
        stop(0, name="Zuhause bei wem", is_public=False),
        stop(1, name="Hausbesuch", kind=APPOINTMENT, is_public=False),
        stop(2, name="Platz"),
    ]
    (page,) = read_pdf(pdf_of(week(*halts)))
    assert page.has("Platz")
    assert not page.has("Zuhause")
    assert not page.has("Hausbesuch")


def test_a_week_without_public_places_says_so() -> None:
    (page,) = read_pdf(pdf_of(week(stop(0, is_public=False))))
    assert page.has("kommt der Bus zu keinem öffentlichen Treffpunkt")


def test_a_place_visited_every_second_week_says_so() -> None:
    place = place_of()
    slots = tuple(replace(slot, every=2) for slot in place.slots)
    days = part_of(replace(place, slots=slots), "de", "en")["slots"][0]["days"]
    assert [day["rhythm"] for day in days] == ["alle zwei Wochen", "every second week"]


def test_a_time_stands_beside_a_date_where_there_are_several() -> None:
    place = place_of()
    late = replace(place.slots[0], start_s=place.slots[0].start_s + 3600)
    rows = part_of(replace(place, slots=(*place.slots, late)))["talks"][0]["dates"]
    assert [row["time"] for row in rows[:2]] == ["14:05–14:20", ""]
    assert [row["is_off"] for row in rows[:2]] == [False, True]
    assert {row["time"] for row in part_of(place)["talks"][0]["dates"]} == {""}


@pytest.mark.parametrize("languages", [("de",), ("de", "en"), ("ar", "uk", "tr", "de")])
@pytest.mark.parametrize("number", [1, 2, 3, 9])
def test_whatever_stands_on_a_page_has_room(languages: tuple[str, ...], number: int) -> None:
    place = place_of()
    slots = tuple(replace(place.slots[0], weekday=day % 7) for day in range(number))
    part = part_of(replace(place, slots=slots), *languages)
    lines = -(-number // part["slot_columns"])
    rows = -(-len(languages) // 2)
    drawn = part["map"]
    height = part["head_mm"] + part["name_mm"] + part["town_mm"] + lines * part["slot_mm"]
    height += rows * part["talk_mm"] + (rows - 1) * part["gap_mm"] + 3 * part["gap_mm"]
    height += part["map_title_mm"] + drawn["height"] + drawn["strip"] + part["foot_mm"]
    assert height <= 297 - 2 * 12 + 1e-6
    assert part["talk_mm"] >= 36
    assert drawn["height"] >= 40
    assert drawn["width"] + part["gap_mm"] + part["code_mm"] == pytest.approx(210 - 2 * 12)


LONG_NAME = "Gemeinschaftszentrum am Alten Bahnhof, Haupteingang Nordseite"


@pytest.mark.parametrize(("paper", "number"), [("a4", 12), ("a3", 2)])
def test_places_with_long_names_have_a_page_each(paper: str, number: int) -> None:
    some = week(*(stop(i, name=LONG_NAME, municipality=LONG_NAME) for i in range(number)))
    pages = read_pdf(pdf_of(some, "de", "uk", "tr", "ar", paper=paper))
    assert len(pages) == number
    # Shortened names would end with an ellipsis.
    assert all(page.has(LONG_NAME) and "…" not in page.text for page in pages)


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("a3", (297, 420))])
def test_paper_has_its_size(paper: str, size: tuple[int, int]) -> None:
    box = re.search(rb"/MediaBox\[0 0 ([\d.]+) ([\d.]+)\]", pdf_of(week(stop(0)), paper=paper))
    assert box is not None
    assert tuple(round(float(side) * 25.4 / 72) for side in box.groups()) == size


def test_scale_of_the_map_is_that_of_the_paper() -> None:
    for paper, scale in (("a4", "1:7.500"), ("a3", "1:5.000")):
        assert read_pdf(pdf_of(week(stop(0)), paper=paper))[0].has(scale)


def test_all_letters_are_embedded() -> None:
    pdf = pdf_of(week(stop(0)), "de", "uk", "tr", "ar")
    fonts = len(re.findall(rb"/Type/FontDescriptor", pdf))
    assert fonts >= 4
    assert len(re.findall(rb"/FontFile[23] ", pdf)) == fonts


def test_letters_of_other_languages_are_words_and_no_boxes() -> None:
    (page,) = read_pdf(pdf_of(week(stop(0)), "uk", "tr", "de"))
    for words in (
        "Автобус для молоді",
        "чт, 17 груд.",
        "Gençlik otobüsü",
        "17 Ara Per",
    ):
        assert page.has(words)
    assert "\ufffd" not in page.text


def words_at(pdf: bytes, folder: Path) -> list[tuple[str, float, float]]:
    """Return the words of a page, each with its left edge and its top."""
    path = folder / "some.pdf"
    path.write_bytes(pdf)
    found = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, check=True
    ).stdout.decode()
    return [
        (match[3], float(match[1]), float(match[2]))
        for match in re.finditer(r'<word xMin="([\d.]+)" yMin="([\d.]+)".*?>(.*?)</word>', found)
    ]


@NEEDS_PDFTOTEXT
def test_arabic_runs_from_right_to_left(tmp_path: Path) -> None:
    found = words_at(pdf_of(week(stop(0)), "ar"), tmp_path)
    # Letters come in the order in which they stand on paper.
    december, thursday = "ديسمبر"[::-1], "الخميس،"[::-1]
    month_x, top = next((x, y) for text, x, y in found if text == december)
    line = {text: x for text, x, y in found if abs(y - top) < 3}
    # The weekday is read first, so it stands on the right; the number is not turned around.
    assert month_x < line["17"] < line[thursday]


@NEEDS_PDFTOTEXT
def test_the_page_itself_is_not_turned_by_arabic(tmp_path: Path) -> None:
    left: list[float] = []
    for languages in (("ar", "de"), ("de", "ar")):
        found = words_at(pdf_of(week(stop(0, name="Marktplatz")), *languages), tmp_path)
        left.append(next(x for text, x, _y in found if text == "Marktplatz"))
    assert left[0] == left[1]


def test_code_holds_the_address_of_a_map_at_the_position() -> None:
    address = map_address(9.98861, 51.7029)
    assert address == "https://www.openstreetmap.org/?mlat=51.70290&mlon=9.98861&zoom=18"
    modules = segno.make_qr(address, error="m").symbol_size(border=4)[0]
    assert f'viewBox="0 0 {modules} {modules}"' in qr_code(address)


def test_code_can_be_pressed_on_a_screen_too() -> None:
    assert b"/URI(https://www.openstreetmap.org/?mlat=51.70000&mlon=10.00000" in pdf_of(
        week(stop(0))
    )


def test_place_stands_in_the_middle_of_its_map() -> None:
    drawn = part_of(place_of())["map"]
    (pin,) = drawn["markers"]
    tip = (pin["x"], pin["y"] + 2 * pin["radius_mm"])
    assert tip == pytest.approx((drawn["width"] / 2, drawn["height"] / 2), abs=0.01)


def test_the_map_shows_bus_stops_around_and_without_real_roads_no_lines() -> None:
    names = []
    for is_estimate in (True, False):
        drawn = part_of(place_of(), is_estimate=is_estimate)["map"]
        names.append({name["text"] for name in drawn["names"] if not name["is_area"]})
        assert ("#cfcbc0" in drawn["svg"]) is False
    # Kalefeld lies beyond the edge.
    assert names == [{"Am Anger", "Am Ring", "Kalefeld"}, {"Am Anger"}]


def test_without_real_roads_rings_say_how_far_it_is_and_with_them_none_does() -> None:
    words = []
    for is_estimate in (True, False):
        drawn = part_of(place_of(), is_estimate=is_estimate)["map"]
        words.append(
            {name["text"] for name in drawn["names"]} & {f"{m} m" for m in (100, 200, 500, 1000)}
        )
    assert words == [{"100 m", "200 m"}, set()]


def test_places_that_are_not_visited_are_on_no_map() -> None:
    # Whether they are for the public is not known.
    drawn = part_of(place_of(), is_estimate=True)["map"]
    assert len(drawn["markers"]) == 1


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_is_shown_as_text(typed: str) -> None:
    some = replace(
        week(stop(0, name=typed, municipality=typed, place_id=typed)), service=typed, district=typed
    )
    (page,) = read_pdf(pdf_of(some, contact=typed))
    assert page.has(printable(typed)[:40])


@pytest.mark.parametrize("typed", ["#panic()", "*x* $y$ @ref <lab>", "${x} `raw` \\ // "])
def test_sentences_of_a_team_are_shown_as_text(typed: str, tmp_path: Path) -> None:
    text = typed.replace("\\", "\\\\").replace("{x}", "")
    (tmp_path / "de.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        f'msgid "The next dates"\nmsgstr "{text}"\n',
        encoding="utf-8",
    )
    some = week(stop(0))
    pdf = render_notices(
        some,
        announce(some, state="NI"),
        basemap(),
        load_words(["de"], tmp_path),
        ages=(14, 21),
    )
    assert read_pdf(pdf)[0].has(typed.replace("{x}", ""))
