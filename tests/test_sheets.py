"""The sheets of a week: what stands on which page, and that nothing breaks them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import pytest
from pdf_words import Page, read_pdf
from sheet_examples import DEPOT, ESTIMATE, HOSTILE, MONDAY, basemap, plan, stop, tour

from geodata.language import speaking
from maps.basemap import Label
from maps.daysheet import day_page
from maps.ground import lay_ground
from maps.halts import halt_rows
from maps.lettering import printable
from maps.paper import A3, A4, Part
from maps.placement import overlap
from maps.sheets import render_sheets
from maps.stopmaps import stop_pages
from maps.weekindex import index_pages
from tours.leftout import Cancelled
from tours.plan import Plan
from tours.team.day import Briefing, TeamDay

NOTE = "Näherungsnetz"


@lru_cache
def usual() -> tuple[bytes, list[Page]]:
    pdf = render_sheets(plan(), basemap())
    return pdf, read_pdf(pdf)


def pages_of(some: Plan, *, crew: int = 2) -> list[Page]:
    return read_pdf(render_sheets(some, basemap(is_estimate=some.network.is_estimate), crew=crew))


def test_same_plan_same_bytes() -> None:
    assert render_sheets(plan(), basemap()) == usual()[0]


def test_date_of_the_file_is_the_monday_of_the_week() -> None:
    assert b"/CreationDate(D:20261123000000" in usual()[0]


def test_a_page_for_the_week_one_per_afternoon_and_one_for_two_stops() -> None:
    assert len(usual()[1]) == 1 + (1 + 2) + (1 + 1)


@pytest.mark.parametrize("count", [0, 1, 12, 20])
def test_no_number_of_stops_overflows_a_page(count: int) -> None:
    some = plan(tour(0, [stop(i) for i in range(count)]), network=ESTIMATE)
    found = pages_of(replace(some, cancelled=(Cancelled(MONDAY, "Feiertag"),)))
    assert len(found) == 1 + 1 + -(-count // 2)


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_no_number_of_afternoons_overflows_the_week(count: int) -> None:
    tours = [tour(day, [stop(i) for i in range(2)]) for day in range(count)]
    assert len(pages_of(plan(*tours, network=ESTIMATE))) == 1 + 2 * count


def test_week_without_an_afternoon_is_one_page() -> None:
    empty = replace(plan(), tours=(), cancelled=(Cancelled(MONDAY, "Feiertag"),))
    (page,) = pages_of(empty)
    assert page.has("Entfällt: Montag, 23. November 2026 (Feiertag)")


def test_twelve_long_names_stand_on_the_day_sheet_in_full() -> None:
    names = [
        f"Gemeinschaftsschule Nord {i:02d}, Sportplatz hinter der Turnhalle" for i in range(12)
    ]
    assert min(map(len, names)) >= 60
    day = pages_of(plan(tour(0, [stop(i, name=n) for i, n in enumerate(names)]), network=ESTIMATE))
    assert [name for name in names if not day[1].has(name)] == []
    assert [name for name in names if not day[0].has(name)] == []


def test_fonts_are_only_lato() -> None:
    fonts = re.findall(rb"/BaseFont/([^\s/]+)", usual()[0])
    assert fonts
    assert all(re.fullmatch(rb"[A-Z]{6}\+Lato-(Regular|Bold|Black)", font) for font in fonts)


def test_file_is_tagged_and_says_its_language_and_title() -> None:
    pdf = usual()[0]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang(de)" in pdf
    assert "BackUp · Landkreis Northeim · KW 48/2026".encode() in pdf


def test_estimate_is_said_on_every_page() -> None:
    found = pages_of(plan(network=ESTIMATE))
    assert all(page.has(f"{NOTE}: Straßenverlauf und Fahrzeiten sind geschätzt") for page in found)


def test_estimated_roads_of_the_map_are_said_with_a_plan_on_real_ones() -> None:
    found = read_pdf(render_sheets(plan(), basemap(is_estimate=True)))
    assert [page.has(NOTE) for page in found] == [True] * 6


def test_real_roads_are_not_called_an_estimate() -> None:
    assert not any(page.has(NOTE) for page in usual()[1])


def test_foot_names_plan_credits_and_page() -> None:
    foot = f"BackUp · Landkreis Northeim · KW 48/2026 · Plan {plan().digest}"
    for number, page in enumerate(usual()[1], start=1):
        assert page.has(foot)
        assert page.has("© Grenzen · © Netz")
        assert page.has(f"Seite {number}/6")


def test_timetable_has_the_times_of_each_stop() -> None:
    assert usual()[1][1].has("14:25" + "14:30" + "14:45")


def test_day_sheet_says_date_departure_and_return() -> None:
    day = usual()[1][1]
    assert day.has("Montag, 23. November 2026")
    assert day.has("zurück am Depot: Betriebshof")
    assert day.has("16,8 km · 20 min Fahrzeit")


def test_map_says_its_scale_and_a_round_bar() -> None:
    page = day_page(plan(), lay_ground(basemap()), 0, crew=2)["map"]
    assert page["bar"]["part_mm"] == pytest.approx(page["bar"]["part_m"] * 1000 / page["scale"])
    assert page["scale_label"] == f"1 : {page['scale']:,}".replace(",", ".")
    assert usual()[1][1].has(page["scale_label"])


@pytest.mark.parametrize("crew", [1, 2, 5])
def test_as_many_lines_as_the_bus_has_crew(crew: int) -> None:
    day = pages_of(plan(), crew=crew)[1]
    assert day.has(f"Team {crew}")
    assert not day.has(f"Team {crew + 1}")


def test_stop_map_says_where_and_how_to_get_there() -> None:
    page = usual()[1][2]
    assert page.has("51.70800, 10.01200")
    assert page.has("5 min · 4,2 km")
    assert page.has("von Betriebshof")
    assert page.has("von Halt 0")


@pytest.mark.parametrize("is_estimate", [False, True])
def test_stop_map_is_zoomed(is_estimate: bool) -> None:
    ground = lay_ground(basemap(is_estimate=is_estimate))
    panel = stop_pages(plan(), ground, 0)[0]["panels"][0]
    assert 10_000 <= panel["map"]["scale"] <= 25_000


def test_stop_map_without_real_roads_says_so_in_its_frame() -> None:
    ground = lay_ground(basemap(is_estimate=True))
    for panel in stop_pages(plan(network=ESTIMATE), ground, 0)[0]["panels"]:
        note, map_ = panel["map"]["note"], panel["map"]
        assert (
            note["text"]
            == "Näherungsnetz: Linien sind keine Straßen, Punkte sind Haltestellen und Treffpunkte"
        )
        assert 0 <= note["x"] <= note["x"] + note["width"] <= map_["width"]
        assert 0 <= note["y"] <= note["y"] + note["height"] <= map_["height"]
        assert panel["locator"]["note"] is None
    assert read_pdf(render_sheets(plan(network=ESTIMATE), basemap(is_estimate=True)))[2].has(
        "Näherungsnetz: Linien sind keine Straßen, Punkte sind Haltestellen und Treffpunkte"
    )


def test_stop_map_with_real_roads_has_no_note() -> None:
    panels = stop_pages(plan(), lay_ground(basemap()), 0)[0]["panels"]
    assert [panel["map"]["note"] for panel in panels] == [None, None]


def test_note_on_a_stop_map_covers_no_mark_and_no_name() -> None:
    crowd = [stop(0, lon=10.0 + x / 500, lat=51.7 + y / 500) for x in range(-4, 5) for y in (-2, 2)]
    halts = [replace(s, place_id=f"p{i}") for i, s in enumerate([stop(0), *crowd])]
    ground = lay_ground(basemap(is_estimate=True))
    drawn = stop_pages(plan(tour(0, halts), network=ESTIMATE), ground, 0)[0]["panels"][0]["map"]
    note = drawn["note"]
    box = (note["x"], note["y"], note["x"] + note["width"], note["y"] + note["height"])
    for mark in drawn["markers"]:
        r = mark["radius_mm"]
        spot = (mark["x"] - r, mark["y"] - r, mark["x"] + r, mark["y"] + r)
        assert not overlap(box, spot)


def stop_names(drawn: Part) -> set[str]:
    return {name["text"] for name in drawn["names"] if not name["is_area"]}


def test_stops_of_public_transport_stand_on_stop_maps() -> None:
    found = []
    for is_estimate in (True, False):
        land = replace(
            basemap(is_estimate=is_estimate), bus_stops=(Label("Am Ring", 10.004, 51.704, 0),)
        )
        (page, *_more) = stop_pages(plan(), lay_ground(land), 0)
        found.append("Am Ring" in stop_names(page["panels"][0]["map"]))
    assert found == [True, True]


def test_a_bus_stop_that_is_a_place_of_the_plan_is_not_named_twice() -> None:
    land = replace(
        basemap(is_estimate=True), bus_stops=(Label("Halt 0, Steig", 10.0001, 51.7001, 0),)
    )
    panel = stop_pages(plan(), lay_ground(land), 0)[0]["panels"][0]
    assert stop_names(panel["map"]) == set()


def test_position_of_a_stop_opens_a_map_on_a_telephone() -> None:
    assert b"/URI(geo:51.70800,10.01200)" in usual()[0]


def test_names_take_room_of_the_notes_where_nothing_is_printed_there() -> None:
    one = plan(tour(0, [stop(0)]))
    halt = Briefing(1, stop(0), "", "", "dolmetschen: Farsi")
    plain, noted = (
        day_page(one, lay_ground(basemap()), 0, crew=2, day=TeamDay(briefings=some))["widths"]
        for some in ((), (halt,))
    )
    assert sum(plain) == sum(noted) == A4.width_mm
    assert plain[1] > noted[1] > noted[9] > plain[9]


def test_stop_stands_in_the_middle_of_its_map() -> None:
    panel = stop_pages(plan(), lay_ground(basemap()), 0)[0]["panels"][0]
    pin = next(m for m in panel["map"]["markers"] if m["shape"] == "pin")
    tip = (pin["x"], pin["y"] + 2 * pin["radius_mm"])
    assert tip == pytest.approx((panel["map"]["width"] / 2, panel["map"]["height"] / 2), abs=0.01)


def test_assumed_values_are_named_where_they_are_used() -> None:
    halts = [stop(0, assumed=("hours",)), stop(1, assumed=("hours", "start_weight"))]
    found = pages_of(plan(tour(0, halts)))
    assert found[0].has("Bei 2 von 2 Halten sind Angaben angenommen")
    assert found[1].has("Angenommen, nicht geprüft: Öffnungszeiten (alle Halte); Startgewicht (2).")
    assert found[2].has("Öffnungszeiten, Startgewicht")


def test_nothing_assumed_nothing_said() -> None:
    assert not usual()[1][1].has("Angenommen")


def test_stop_that_is_not_public_is_marked() -> None:
    assert pages_of(plan(tour(0, [stop(0, is_public=False)])))[1].has("nicht öffentlich")


def test_totals_of_the_week() -> None:
    found = usual()[1][0]
    # Six legs of 4,200 m and 5 min; four stops of 15 min and 1.25 contacts.
    for words in ("25,2 km", "30 min", "1 h 00 min", "5,0 erwartete Kontakte (Schätzung)"):
        assert found.has(words)


def test_english_sheets() -> None:
    with speaking("en"):
        found = pages_of(plan(network=ESTIMATE))
    assert found[1].has("16.8 km · 20 min drive time")
    assert found[0].has("at most 4.4% below the best possible")
    assert all(page.has("Estimated network") for page in found)
    assert not any(page.has(NOTE) for page in found)


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_a_person_typed_is_shown_as_text(typed: str) -> None:
    halts = [stop(0, name=typed, municipality=typed, place_id=typed, assumed=(typed, "hours"))]
    one = replace(tour(0, halts), depot=replace(DEPOT, name=typed))
    some = plan(
        one, service=typed, district=typed, cancelled=(Cancelled(MONDAY, typed),), network=ESTIMATE
    )
    pdf = render_sheets(some, replace(basemap(name=typed), attribution=(typed,)))
    found = read_pdf(pdf)
    assert len(found) == 3
    # Too long a text is shortened; its beginning is enough to see that it was not read as code.
    begin = printable(typed)[:40]
    assert all(page.has(begin) for page in found)


def test_the_week_and_each_afternoon_start_on_the_front_of_a_leaf() -> None:
    some = plan(tour(0, [stop(i) for i in range(5)]), tour(1, [stop(0)]), tour(2, [stop(0)]))
    found = read_pdf(render_sheets(some, basemap(), days={}))
    starts = [n for n, page in enumerate(found, start=1) if page.has("Kilometerstand")]
    assert starts == [3, 9, 13]
    assert found[1].has("Wann der Bus wo ist")


def test_the_back_of_the_week_names_the_stops_by_municipality() -> None:
    halts = [stop(0, municipality="Uslar"), stop(1, municipality="Adelebsen")]
    (page,) = index_pages(plan(tour(0, halts)), lay_ground(basemap()))
    rows = [[cell["text"] for cell in row["cells"]] for row in page["tables"][0]["rows"]]
    assert rows == [
        ["Adelebsen", "Halt 1", "Montag, 23. November", "14:30–14:45"],
        ["Uslar", "Halt 0", "Montag, 23. November", "14:05–14:20"],
    ]


def test_a_town_that_the_name_says_is_not_printed_again() -> None:
    halts = [stop(0, name="Northeim, Markt"), stop(1, name="Markt")]
    assert [row["town"] for row in halt_rows(tour(0, halts))] == ["", "Northeim"]


@pytest.mark.parametrize(("count", "pages"), [(0, 0), (3, 1), (4, 2), (12, 4)])
def test_a3_has_three_stops_on_a_page(count: int, pages: int) -> None:
    some = plan(tour(0, [stop(i) for i in range(count)]), network=ESTIMATE)
    pdf = render_sheets(some, basemap(is_estimate=True), paper="a3")
    assert len(read_pdf(pdf)) == 1 + 1 + pages
    assert pdf.count(b"/MediaBox[0 0 841.8898 1190.5511]") == 1 + 1 + pages


def test_a3_shows_more_and_says_its_scale_as_printed() -> None:
    ground = lay_ground(basemap())
    a4, a3 = (day_page(plan(), ground, 0, crew=2, paper=paper)["map"] for paper in (A4, A3))
    assert a3["width"] * A3.enlarged > 1.4 * a4["width"]
    assert a3["scale"] < a4["scale"] or a3["scale"] == 20_000
    part = a3["bar"]["part_m"] * 1000 / a3["scale"]
    assert a3["bar"]["part_mm"] * A3.enlarged == pytest.approx(part)


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_sixty_letters_twelve_stops_and_ten_tours_stay_on_their_pages(paper: str) -> None:
    name = "Jugendzentrum an der Heinrich-Hoffmann-Straße, Eingang Turnhalle"
    halts = [stop(i, name=name, hours=13.0) for i in range(12)]
    some = plan(*[tour(day % 5, halts if day < 1 else halts[:6]) for day in range(10)])
    most = 2 if paper == "a4" else 3
    found = read_pdf(render_sheets(some, basemap(), paper=paper))
    weeks = next(n for n, page in enumerate(found) if page.has("Kilometerstand"))
    assert len(found) == weeks + 10 + 12 // most + 9 * (6 // most)
