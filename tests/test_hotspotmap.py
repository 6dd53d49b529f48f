"""The map of the hotspots as text: what stands in the page, and what must never stand in it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from webmap_examples import DOWNLOAD, ESTIMATE, HOSTILE, Reading, district

from maps.hotspotmap import LARGEST_PX, SMALLEST_PX, Heading, Spot, render_hotspotmap

HEADING = Heading("Bauwagen", "Kreis Serviette", dt.date(2026, 11, 25), 1.5, DOWNLOAD)
HALL = Spot(
    *("Halle", "skate_park", "Amt", 10.05, 51.7, "hotspot", 4.0, 0, 8, 2.1),
    visits=2,
    last_visit=dt.date(2026, 11, 24),
    story=("erst", "dann"),
    question="Hat sich etwas geändert?",
)
SPOTS = (
    HALL,
    Spot("Bad", "pool", "Amt", 9.95, 51.65, "visited", 1.0, 0, 3, 0.5, 1, dt.date(2026, 11, 3)),
    Spot("Platz", "square", "Amt", 9.9, 51.75, "never", 0.01, 0, 1, 0.1),
    Spot("Park", "park", "Amt", 9.9, 51.7, "resting", 0.0, 0, 0, 0.0),
)


def page(*spots: Spot, heading: Heading = HEADING, name: str = "Amt") -> str:
    return render_hotspotmap(heading, spots or SPOTS, district(name=name))


def named(name: str) -> str:
    spot = replace(HALL, name=name, kind=name, municipality=name, story=(name, name), question=name)
    return page(spot, heading=replace(HEADING, service=name, district=name), name=name)


def data(*spots: Spot, heading: Heading = HEADING) -> Any:  # noqa: ANN401 - what the page holds
    return Reading(page(*spots, heading=heading)).data


def test_the_same_spots_give_the_same_bytes() -> None:
    assert page() == page()


def test_every_place_is_there_with_its_kind_of_sign() -> None:
    assert [(spot["name"], spot["state"]) for spot in data()["spots"]] == [
        ("Halle", "hotspot"),
        ("Bad", "visited"),
        ("Platz", "never"),
        ("Park", "resting"),
    ]


@pytest.mark.parametrize(("weight", "shown"), [(1.47, "<\xa01,5"), (1.5, "1,5"), (1.44, "1,4")])
def test_a_weight_that_makes_no_hotspot_is_not_shown_as_one_that_does(
    weight: float, shown: str
) -> None:
    (spot,) = data(replace(HALL, weight=weight))["spots"]
    assert dict(spot["rows"])["Gewicht"] == f"das {shown}-Fache eines Ortes mit Gewicht 1"


def test_the_area_of_a_circle_is_what_is_expected() -> None:
    most, quarter, *small = (spot["size"] for spot in data()["spots"])
    assert (most, quarter, set(small)) == (LARGEST_PX, LARGEST_PX / 2, {SMALLEST_PX})


def test_the_legend_shows_circles_of_the_same_scale() -> None:
    assert data()["sizes"] == [[16, "0,5"], [23, "1"], [33, "2"]]


def test_a_district_where_nothing_is_expected_has_a_legend_without_circles() -> None:
    assert data(SPOTS[3])["sizes"] == []


def test_a_place_says_what_is_expected_and_how_often_it_was_visited() -> None:
    assert data()["spots"][0]["rows"] == [
        ["In einer Stunde", "4,0 Kontakte (Schätzung), in vier von fünf Fällen 0 bis 8"],
        ["Gewicht", "das 2,1-Fache eines Ortes mit Gewicht 1"],
        ["Besuche", "2"],
        ["Letzter Besuch", "Dienstag, 24. November 2026"],
    ]


def test_the_last_visit_is_told_first() -> None:
    assert data()["spots"][0]["story"] == ["dann", "erst"]


def test_who_cannot_see_hears_name_kind_and_number() -> None:
    labels = [spot["label"] for spot in data()["spots"]]
    assert labels[::2] == [
        "Halle, Hotspot, 4,0 Kontakte je Stunde, 0 bis 8",
        "Platz, nie besucht, 0,0 Kontakte je Stunde, 0 bis 1",
    ]


def test_the_heading_counts_places_hotspots_and_visits() -> None:
    title = data()["title"]
    assert (title["facts"], title["quality"]) == ("4 Treffpunkte · 1 Hotspot", "3 Besuche")


def test_without_visits_it_says_that_these_are_start_values() -> None:
    assert data(SPOTS[2])["title"]["notes"] == [
        "Noch ist kein Besuch eingetragen: Das sind die Startwerte."
    ]


def test_estimated_roads_are_said_to_be_so() -> None:
    (note,) = data(heading=replace(HEADING, network=ESTIMATE))["title"]["notes"]
    assert note.startswith("Näherungsnetz")


@pytest.mark.parametrize("changes", [{"state": "closed"}, {"expected_hour": -1.0}])
def test_a_spot_is_checked(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(changes))):
        replace(HALL, **changes)


# ---- Nothing from elsewhere, no hostile name ----------------------------------------------


def test_no_tag_names_a_file_from_elsewhere() -> None:
    tags = Reading(page()).tags
    assert not [n for _tag, attrs in tags for n, _v in attrs if n in ("src", "href")]


def test_the_policy_forbids_to_load_anything() -> None:
    assert "default-src 'none'; img-src data:; style-src" in page()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_changes_tags_or_scripts_of_the_page(name: str) -> None:
    def scripts(text: str) -> list[str]:
        return re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)

    typed, plain = named(name), named("Amt")
    assert (Reading(typed).tags, scripts(typed)) == (Reading(plain).tags, scripts(plain))


@pytest.mark.parametrize("name", HOSTILE)
def test_every_name_arrives_as_it_was_typed(name: str) -> None:
    (spot,) = Reading(named(name)).data["spots"]
    assert (spot["name"], spot["story"], spot["question"]) == (name, [name, name], name)
