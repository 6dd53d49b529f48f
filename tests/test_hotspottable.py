"""What is expected of places as a table: the sign of a hotspot, and the number beside it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from rich.console import Console
from shapely.geometry import box
from small_visits import DAY, visit

from geodata.places import Place
from geodata.region import Municipality
from tours.hotspots.hotspots import Hotspots, build_hotspots
from tours.hotspots.table import MARK, render_hotspots, render_hotspots_json, weight_text
from tours.visits.visit import Journal, MonthSum

AGS = "03000001"
PARK = Place(id="park", name="Park", kind="park", lon=10.0, lat=52.0, ags=AGS, start_weight=2.0)
HALL = replace(PARK, id="hall", name="Halle")
MUNICIPALITIES = {AGS: Municipality(AGS, "Amt", 100, 10.0, 52.0, box(9, 51, 11, 53))}
VISITED = Journal((visit("hall", DAY, met=2, new=0),))


def found(journal: Journal, *places: Place) -> Hotspots:
    return build_hotspots(places or (PARK, HALL), journal, contacts_per_hour=2.0, state="NI")


def marked(hotspots: Hotspots, threshold: float = 1.5) -> set[str]:
    """Return the names on the marked lines, after a look whether the JSON says the same."""
    console = Console(width=200)
    with console.capture() as capture:
        console.print(render_hotspots(hotspots, MUNICIPALITIES, DAY, threshold))
    rows = [line.split() for line in capture.get().splitlines() if " Amt " in line]
    body = json.loads(render_hotspots_json(hotspots, DAY, threshold))
    names = {row[0] for row in rows if MARK in row}
    assert {one["name"] for one in body["places"] if one["is_hotspot"]} == names
    return names


def test_a_place_that_was_never_visited_is_no_hotspot_whatever_is_guessed_of_it() -> None:
    assert marked(found(VISITED)) == {"Halle"}


def test_a_visited_place_of_less_weight_is_no_hotspot() -> None:
    assert marked(found(VISITED), threshold=3.0) == set()


def test_a_visit_whose_row_was_removed_still_makes_a_hotspot() -> None:
    journal = Journal(sums=(MonthSum("hall", DAY.replace(day=1), 1, 0, 3600, met=2, new=0),))
    assert marked(found(journal)) == {"Halle"}


def test_a_resting_place_is_no_hotspot() -> None:
    assert marked(found(VISITED, replace(HALL, status="resting"))) == set()


@pytest.mark.parametrize(
    ("weight", "shown"), [(1.47, "<\xa01,5"), (1.5, "1,5"), (1.44, "1,4"), (1.53, "1,5")]
)
def test_a_weight_that_makes_no_hotspot_is_not_shown_as_one_that_does(
    weight: float, shown: str
) -> None:
    assert weight_text(weight, 1.5) == shown
