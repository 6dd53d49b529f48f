"""The web map as text: what stands in the page, and what must never stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import folium
import pytest
from webmap_examples import DOWNLOAD, ESTIMATE, HOSTILE, Reading, district, stop, tour, week

from geodata.language import set_language
from geodata.network import NetworkSource
from maps import leaflet, webmap
from maps.leaflet import OfflineMap, leaflet_file
from maps.webmap import render_webmap
from tours.leftout import REASONS, Cancelled, Unassigned
from tours.plan import Plan
from tours.schedule import clock


@pytest.fixture
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("de")


def data(plan: Plan, **options: bool) -> Any:  # noqa: ANN401 - whatever the page holds
    return Reading(render_webmap(plan, district(), **options)).data


def plain(text: str) -> str:
    """Return a text with ordinary spaces where Babel sets narrow ones."""
    return re.sub(r"\s", " ", text)


def all_tours() -> Plan:
    """Return a week with an afternoon on each of its seven days."""
    return week(
        tours=tuple(tour(day, [stop("Halt", 10.05, 51.7, 54_000)]) for day in range(23, 30))
    )


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert render_webmap(week(), district()) == render_webmap(week(), district())


def test_another_plan_gives_another_page() -> None:
    assert render_webmap(week(), district()) != render_webmap(week(service="Bus"), district())


def test_the_map_is_one_of_folium() -> None:
    assert issubclass(OfflineMap, folium.Map)


# ---- Nothing from elsewhere ---------------------------------------------------------------


def test_no_tag_names_a_file_from_elsewhere() -> None:
    tags = Reading(render_webmap(week(), district())).tags
    assert not [
        (tag, value) for tag, attrs in tags for name, value in attrs if name in ("src", "href")
    ]


def test_style_sheets_hold_their_pictures_themselves() -> None:
    styles = Reading(render_webmap(week(), district())).styles
    assert {url[:5] for url in re.findall(r"url\(\s*['\"]?([^)]*)\)", styles)} == {
        "data:",
        "#defa",  # a switch of an old browser, not an address
    }


def test_no_style_sheet_imports_another() -> None:
    assert "@import" not in Reading(render_webmap(week(), district())).styles


def test_the_policy_forbids_to_load_anything() -> None:
    tags = Reading(render_webmap(week(), district())).tags
    metas = [dict(attrs) for tag, attrs in tags if tag == "meta"]
    (policy,) = [meta for meta in metas if meta.get("http-equiv") == "Content-Security-Policy"]
    assert policy["content"] == (
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    )


def test_the_policy_stands_before_all_scripts_and_styles() -> None:
    page = render_webmap(week(), district())
    assert page.index("Content-Security-Policy") < min(page.index("<style"), page.index("<script"))


@pytest.mark.parametrize("name", ["leaflet.js", "leaflet.css"])
def test_leaflet_names_no_source_map(name: str) -> None:
    assert "sourceMappingURL" not in leaflet_file(name)


def test_leaflet_cannot_end_its_script_block() -> None:
    assert "</script" not in leaflet_file("leaflet.js")


def test_leaflet_travels_with_its_licence() -> None:
    assert leaflet.LICENCE in render_webmap(week(), district())


def test_leaflets_version_is_the_one_that_is_named() -> None:
    version = leaflet_file("leaflet.js")[:100]
    assert leaflet.LEAFLET in version


def test_tiles_come_only_when_asked_for() -> None:
    assert webmap.TILE_HOST not in render_webmap(week(), district())


def test_tiles_are_allowed_by_the_policy_when_asked_for() -> None:
    page = render_webmap(week(), district(), tiles=True)
    assert f"img-src data: {webmap.TILE_HOST};" in page


def test_the_page_says_where_tiles_come_from() -> None:
    assert data(week(), tiles=True)["title"]["offline"] == (
        "lädt Kartenbilder von sgx.geodatenzentrum.de"
    )


def test_tiles_are_credited() -> None:
    assert webmap.TILE_CREDIT in data(week(), tiles=True)["credits"]


def test_a_page_without_tiles_says_that_it_opens_without_internet() -> None:
    assert data(week())["title"]["offline"] == "öffnet ohne Internet"


# ---- Hostile names ------------------------------------------------------------------------


def hostile(name: str) -> str:
    """Return a page in which one name stands wherever a person can write one."""
    plan = week(
        (name, name, name),
        service=name,
        district=name,
        attribution=name,
        network=NetworkSource("download", name, name),
        cancelled=(Cancelled(week().tours[0].date, name),),
        unassigned=(Unassigned("d", name, "square", "03155001", name, 9.96, 51.76, "closed"),),
    )
    plan = replace(
        plan, tours=tuple(replace(t, depot=replace(t.depot, name=name)) for t in plan.tours)
    )
    return render_webmap(plan, replace(district(name=name), attribution=(name,)))


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_changes_the_tags_of_the_page(name: str) -> None:
    assert Reading(hostile(name)).tags == Reading(hostile("Bad")).tags


@pytest.mark.parametrize("name", HOSTILE)
def test_every_name_arrives_as_it_was_typed(name: str) -> None:
    assert Reading(hostile(name)).data["tours"][0]["stops"][0]["name"] == name


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_gets_into_a_script(name: str) -> None:
    def scripts(page: str) -> list[str]:
        return re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)

    assert scripts(hostile(name)) == scripts(hostile("Bad"))


def test_data_hold_no_letter_that_ends_a_line_or_a_block() -> None:
    (block,) = re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>', hostile("".join(HOSTILE))
    )
    assert not set(block) & set("<>&\u2028\u2029\n")


# ---- What the map says --------------------------------------------------------------------


def test_the_title_names_service_district_and_week() -> None:
    assert Reading(render_webmap(week(), district())).title == (
        "Bauwagen · Kreis Serviette · Wochenplan KW 48/2026 · 23.–29. November 2026"
    )


def test_times_of_a_popup_are_those_of_the_plan() -> None:
    plan = week()
    shown = [(s["arrival"], s["span"]) for t in data(plan)["tours"] for s in t["stops"]]
    assert shown == [
        (clock(s.arrival_s), f"{clock(s.start_s)}–{clock(s.departure_s)}")
        for t in plan.tours
        for s in t.stops
    ]


def test_a_popup_says_how_long_the_halt_is() -> None:
    assert ["Zeit vor Ort", "45 min"] in data(week())["tours"][0]["stops"][0]["rows"]


def test_expected_contacts_are_called_an_estimate() -> None:
    rows = dict(data(week())["tours"][0]["stops"][0]["rows"])
    assert rows["Erwartete Kontakte"] == "2,4 (Schätzung)"


def test_a_popup_says_what_is_assumed() -> None:
    plan = week(tours=(tour(24, [stop("Halle", 10.05, 51.7, 54_000, assumed=("hours",))]),))
    assert dict(data(plan)["tours"][0]["stops"][0]["rows"])["Angenommen"] == "Öffnungszeiten"


def test_a_stop_that_is_not_public_is_marked() -> None:
    plan = week(tours=(tour(24, [stop("Halle", 10.05, 51.7, 54_000, is_public=False)]),))
    assert data(plan)["tours"][0]["stops"][0]["private"] == "nicht öffentlich"


def test_a_stop_has_a_label_to_be_read_aloud() -> None:
    assert data(week())["tours"][0]["stops"][0]["label"] == (
        "Halt 1 Di: Alte Halle, Dienstag, 24. November, 15:00–15:45 Uhr"
    )


def test_more_expected_contacts_make_a_larger_circle() -> None:
    tours = data(week())["tours"]
    assert tours[0]["stops"][0]["size"] > tours[1]["stops"][0]["size"]


def test_each_afternoon_has_a_colour_and_a_pattern_of_its_own() -> None:
    looks = [(t["colour"], tuple(t["dash"])) for t in data(all_tours())["tours"]]
    assert len({colour for colour, _dash in looks}) == len({dash for _colour, dash in looks}) == 7


def test_an_afternoon_is_summed_up() -> None:
    assert [t["summary"] for t in data(week())["tours"]] == ["2 Halte · 13 km", "1 Halt · 8 km"]


def test_of_several_buses_each_is_named() -> None:
    two = tuple(replace(week().tours[0], bus=bus) for bus in ("1", "2"))
    assert [plain(t["weekday"]) for t in data(week(tours=two))["tours"]] == [
        "Dienstag, Bus 1",
        "Dienstag, Bus 2",
    ]


def test_an_afternoon_without_stops_has_no_kilometres() -> None:
    assert data(week(tours=(tour(24, []),)))["tours"][0]["summary"] == "0 Halte"


def test_a_week_without_afternoons_is_still_a_page() -> None:
    assert data(week(tours=()))["tours"] == []


def test_one_depot_of_two_afternoons_is_shown_once_with_both_times() -> None:
    (depot,) = data(week())["depots"]
    assert depot["rows"] == [["Dienstag", "14:05–18:25 Uhr"], ["Donnerstag", "14:05–18:25 Uhr"]]


@pytest.mark.parametrize("reason", REASONS)
def test_a_place_left_out_comes_with_its_reason(reason: str) -> None:
    place = replace(week().unassigned[0], reason=reason)
    assert data(week(unassigned=(place,)))["left"][0]["reason"]


def test_a_cancelled_afternoon_is_announced() -> None:
    plan = week(cancelled=(Cancelled(week().tours[0].date, "Feiertag"),))
    assert data(plan)["title"]["notes"] == ["Entfällt: Dienstag, 24. November 2026 (Feiertag)"]


def test_a_plan_that_cannot_be_better_is_called_so() -> None:
    assert data(week(value=5, bound=5))["title"]["quality"] == "bewiesen optimal"


# ---- Where it comes from ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("network", "is_drawn", "is_noted"),
    [
        (ESTIMATE, True, True),
        (ESTIMATE, False, True),
        (DOWNLOAD, True, True),
        (DOWNLOAD, False, False),
    ],
)
def test_the_note_on_estimates_is_there_if_and_only_if_something_is_estimated(
    network: NetworkSource, is_drawn: bool, is_noted: bool
) -> None:
    page = render_webmap(week(network=network), district(is_estimate=is_drawn))
    notes = Reading(page).data["title"]["notes"]
    assert any(note.startswith("Näherungsnetz") for note in notes) == is_noted


def test_estimated_roads_look_like_no_road() -> None:
    roads = Reading(render_webmap(week(), district(is_estimate=True))).data["land"]["roads"]
    assert {(road["fill"], road["casing"]) for road in roads} == {("#cfcbc0", "")}


def test_credits_name_sources_plan_and_leaflet() -> None:
    plan = week()
    assert data(plan)["credits"] == [
        "© borders",
        "© roads",
        "Leaflet 1.9.3",
        "heruntergeladenes Straßennetz, Stand 1. Oktober 2026",
        f"Plan {plan.digest}",
    ]


def test_a_credit_within_another_is_not_said_twice() -> None:
    assert "© roads" not in data(week(attribution="© borders, © roads"))["credits"]


def test_a_date_that_is_none_is_shown_as_it_is() -> None:
    network = NetworkSource("extract", "last week", "© roads")
    assert "Straßennetz aus einer Datei, Stand last week" in data(week(network=network))["credits"]


# ---- Languages ----------------------------------------------------------------------------


def test_the_page_names_its_language() -> None:
    assert ("html", [("lang", "de")]) in Reading(render_webmap(week(), district())).tags


@pytest.mark.usefixtures("english")
def test_the_page_speaks_english_when_told_to() -> None:
    title = plain(Reading(render_webmap(week(), district())).title)
    assert title == "Bauwagen · Kreis Serviette · Plan of week 48/2026 · 23–29 November 2026"
