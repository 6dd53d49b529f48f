"""Of several depots each tour says from which one it starts, wherever its start is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pdf_words import read_pdf
from rich.console import Console
from sheet_examples import DEPOT, basemap, plan, stop, tour
from small_services import service
from webmap_examples import Reading

from geodata.network import RoadNetwork
from geodata.region import Region
from maps.comparemap import Panel, render_comparemap
from maps.sheets import render_sheets
from maps.webmap import render_webmap
from tours.afternoons import DepotSite
from tours.compare.compare import Comparison, Outcome, tally_of
from tours.compare.notes import notes_on
from tours.district import District
from tours.plan import NOTHING_ASKED, Plan
from tours.planning import plan_week
from tours.timetable import render_timetable
from tours.tour import Depot

NORTH = Depot("Jugendzentrum Nord", 10.05, 51.75)
MONDAY, WEDNESDAY = tour(0, [stop(0)]), replace(tour(2, [stop(1)]), depot=NORTH)
TWO = plan(MONDAY, WEDNESDAY)
# Two depots, and this week all tours start from one of them.
ONE_OF_TWO = plan(WEDNESDAY, num_depots=2)
ONE = plan(MONDAY)


def terminal(some: Plan) -> list[str]:
    console = Console(width=110)
    with console.capture() as capture:
        console.print(render_timetable(some))
    return [line.strip() for line in capture.get().splitlines() if "Abfahrt" in line]


def test_the_terminal_names_the_depot_of_each_tour() -> None:
    assert terminal(TWO) == [
        "Montag, 23. November 2026, Abfahrt 14:00 ab Betriebshof",
        "Mittwoch, 25. November 2026, Abfahrt 14:00 ab Jugendzentrum Nord",
    ]


def test_one_of_two_depots_is_named_though_the_week_has_no_other() -> None:
    assert terminal(ONE_OF_TWO) == [
        "Mittwoch, 25. November 2026, Abfahrt 14:00 ab Jugendzentrum Nord"
    ]


def test_a_single_depot_need_not_be_named() -> None:
    assert terminal(ONE) == ["Montag, 23. November 2026, Abfahrt 14:00"]


def test_the_week_page_names_the_depot_of_each_tour() -> None:
    page = read_pdf(render_sheets(TWO, basemap()))[0]
    assert page.has("ab Betriebshof")
    assert page.has("ab Jugendzentrum Nord")


def test_a_single_depot_is_not_named_on_the_week_page() -> None:
    assert not read_pdf(render_sheets(ONE, basemap()))[0].has("Betriebshof")


def test_the_head_of_a_day_sheet_names_the_depot() -> None:
    day = read_pdf(render_sheets(TWO, basemap()))[3]
    assert day.has("10 min Fahrzeit · ab Jugendzentrum Nord")


def test_the_map_names_the_depot_of_each_tour() -> None:
    tours = Reading(render_webmap(TWO, basemap())).data["tours"]
    assert [t["from"] for t in tours] == ["ab Betriebshof", "ab Jugendzentrum Nord"]


def test_a_single_depot_is_not_named_among_the_layers_of_the_map() -> None:
    assert [t["from"] for t in Reading(render_webmap(ONE, basemap())).data["tours"]] == [""]


def test_marks_of_two_depots_differ_on_paper() -> None:
    page = read_pdf(render_sheets(TWO, basemap()))[0]
    assert page.has("D1 ab Betriebshof")
    assert page.has("D2 ab Jugendzentrum Nord")


def test_a_comparison_of_plans_from_other_depots_names_them() -> None:
    panels = [Panel("a", "", ONE), Panel("b", "depot x", plan(WEDNESDAY))]
    plans = Reading(render_comparemap(panels, basemap())).data["plans"]
    assert [[t["from"] for t in p["tours"]] for p in plans] == [
        ["ab Betriebshof"],
        ["ab Jugendzentrum Nord"],
    ]


@pytest.fixture
def district(region: Region, road_network: RoadNetwork, region_toml: str) -> District:
    return service(region, road_network, region_toml)


def test_a_plan_knows_how_many_depots_there_are(district: District) -> None:
    (main,) = district.config.depots
    config = replace(district.config, depots=(main, DepotSite("b", "B", main.lon, main.lat)))
    plans = [plan_week(d, "2026-W48") for d in (district, replace(district, config=config))]
    assert [made.num_depots for made in plans] == [1, 2]


def test_a_service_has_a_depot_at_least() -> None:
    with pytest.raises(ValueError, match="num_depots must be 1 or more, got 0"):
        plan(num_depots=0)


def notes(*plans: Plan, district: District) -> list[str]:
    outcomes = [
        Outcome(name, name, made, tally_of(made, district, None))
        for name, made in zip(("", "Nord", "Süd"), plans, strict=False)
    ]
    comparison = Comparison("2026-W48", tuple(outcomes), 2, NOTHING_ASKED, False, "", 0, None)
    return [note for note in notes_on(comparison) if note.startswith("Depots")]


def test_a_comparison_says_from_which_depots_each_plan_drives(district: District) -> None:
    assert notes(TWO, plan(WEDNESDAY), district=district) == [
        "Depots: unverändert: Mo. Betriebshof, Mi. Jugendzentrum Nord; Nord: Jugendzentrum Nord."
    ]


def test_a_comparison_with_one_depot_does_not_speak_of_it(district: District) -> None:
    assert notes(ONE, plan(tour(1, [stop(0)])), district=district) == []


def test_names_of_depots_are_text() -> None:
    odd = replace(MONDAY, depot=replace(DEPOT, name="[red]x[/red]"))
    assert terminal(plan(odd, WEDNESDAY))[0].endswith("ab [red]x[/red]")
