"""As many roads as a small file can hold: wide ones all, small ones near the stops first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shapely.geometry import MultiLineString
from webmap_examples import Reading, district, week

from geodata.language import speaking
from geodata.network import ROAD_CLASSES
from maps import webroads
from maps.basemap import Basemap
from maps.packed import unpacked
from maps.webmap import render_webmap
from maps.webroads import WebRoads, spots_of, web_roads

PRIMARY, LANE, STREET = (
    ROAD_CLASSES.index(name) for name in ("primary", "unclassified", "residential")
)


def streets(count: int, north: float) -> MultiLineString:
    """Return short streets side by side, a hundredth of a degree apart, from west to east."""
    return MultiLineString(
        [[(9 + i / 100, north), (9 + i / 100, north + 0.002)] for i in range(count)]
    )


@pytest.fixture
def ground() -> Basemap:
    roads = {PRIMARY: streets(3, 51.0), LANE: streets(20, 51.1), STREET: streets(40, 51.2)}
    return replace(district(), roads=roads, is_estimate=False)


def letters(roads: WebRoads) -> list[int]:
    return [len(str(layer["lines"])) for layer in roads.layers]


def drawn(roads: WebRoads, layer: int) -> list[float]:
    """Return how far east the streets of a layer are, hundredths of a degree."""
    # Each line starts where the one before it ended, so the steps add up without the gaps.
    corners = unpacked(str(roads.layers[layer]["lines"]).replace(" ", ""))
    return sorted({x / 1000 - 900 for x, _y in corners})


def test_where_there_is_room_all_roads_are_drawn(ground: Basemap) -> None:
    roads = web_roads(ground, [], 1.0)
    assert roads.is_whole
    assert [len(drawn(roads, layer)) for layer in range(3)] == [40, 20, 3]


def test_streets_far_from_the_stops_give_way_first(ground: Basemap) -> None:
    whole = letters(web_roads(ground, [], 1.0))
    most = sum(whole) - whole[0] // 2
    roads = web_roads(ground, [(9.1, 51.2)], 1.0, most=most)
    assert not roads.is_whole
    assert letters(roads)[1:] == whole[1:]
    assert sum(letters(roads)) <= most
    kept = drawn(roads, 0)
    assert 10 < len(kept) < 40
    gone = set(drawn(web_roads(ground, [], 1.0), 0)) - set(kept)
    assert max(abs(east - 10) for east in kept) <= min(abs(east - 10) for east in gone)


def test_wide_roads_never_give_way(ground: Basemap) -> None:
    roads = web_roads(ground, [(9.1, 51.2)], 1.0, most=1)
    assert [len(drawn(roads, layer)) for layer in range(len(roads.layers))] == [3]


def test_the_page_says_what_is_left_out(ground: Basemap, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    for most in (600_000, 200):
        monkeypatch.setattr(webroads, "MOST_LETTERS", most)
        with speaking("en"):
            page = Reading(render_webmap(week(), ground))
        said.append(any("small streets" in line for line in page.data["credits"]))
    assert said == [False, True]


def test_what_is_near_are_depots_stops_and_places_left_out() -> None:
    some = week()
    tours = [tour for tour in some.tours if tour.stops]
    spots = {(tour.depot.lon, tour.depot.lat) for tour in some.tours}
    spots |= {(stop.lon, stop.lat) for tour in tours for stop in tour.stops}
    spots |= {(place.lon, place.lat) for place in some.unassigned}
    assert set(spots_of([some, some])) == spots
