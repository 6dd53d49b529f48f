"""Proposed meeting places: merged, chosen, named."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from small_grid import Grid

from geodata.discover import ASSUMED
from geodata.features import Feature
from geodata.network import RoadNetwork
from geodata.places import Place, read_places, render_places
from geodata.proposals import NUM_PLACES, propose_places
from geodata.region import BusStop, Municipality, Region

WEST, EAST = "03000001", "03000002"
METRE_NORTH = 1 / 111_200


def municipality(ags: str, name: str, population: int, west: float) -> Municipality:
    outline = shapely.box(west, 52, west + 0.1, 52.1)
    return Municipality(ags, name, population, west + 0.05, 52.05, outline)


MUNICIPALITIES = {
    WEST: municipality(WEST, "Westdorf", 9_000, 10.0),
    EAST: municipality(EAST, "Ostdorf", 1_000, 10.1),
}


def feature(number: int, lon: float = 10.05, lat: float = 52.05, **tags: str) -> Feature:
    return Feature(f"n{number}", tags, lon, lat)


def north(metres: float) -> float:
    return 52.05 + metres * METRE_NORTH


def proposed(*features: Feature, stops: tuple[BusStop, ...] = ()) -> tuple[Place, ...]:
    return propose_places(features, stops, MUNICIPALITIES)[0]


def test_a_feature_becomes_a_place_with_assumed_values() -> None:
    (place,) = proposed(feature(7, amenity="school", name="IGS, West"))
    assert (place.id, place.name) == ("westdorf-igs-west", "Westdorf, IGS West")
    assert (place.kind, place.ags, place.assumed) == ("school", WEST, ASSUMED)
    assert place.note == "OpenStreetMap n7"


def test_a_feature_without_a_name_gets_that_of_its_kind() -> None:
    village = feature(1, place="village", name="Süderode")
    (place,) = proposed(village, feature(2, leisure="pitch", sport="skateboard"))
    assert place.name == "Süderode, Skatepark"


@pytest.mark.parametrize(("metres", "number"), [(140, 1), (160, 2)])
def test_neighbours_are_merged_within_150_m(metres: float, number: int) -> None:
    shop = feature(1, shop="supermarket")
    station = feature(2, lat=north(metres), railway="station", name="Westdorf")
    found = proposed(shop, station)
    assert len(found) == number
    assert "station" in {place.kind for place in found}


def test_stops_fill_what_features_leave() -> None:
    stops = (
        BusStop("1", "Westdorf, Markt", WEST, 10.05, 52.05, False),
        BusStop("2", "Westdorf, Rathaus", WEST, 10.05, 52.08, False),
    )
    found = proposed(feature(1, amenity="cinema", name="Kino"), stops=stops)
    # A square is stronger than a cinema beside it.
    assert [(p.name, p.kind) for p in found] == [
        ("Westdorf, Markt", "square"),
        ("Westdorf, Rathaus", "square"),
    ]


def many(ags_west: float, number: int, first: int, **tags: str) -> list[Feature]:
    return [
        feature(first + step, ags_west + 0.05, 52.0 + 0.0015 * (step + 1), **tags)
        for step in range(number)
    ]


def test_no_more_than_people_can_look_through() -> None:
    features = many(10.0, 60, 0, shop="supermarket") + many(10.1, 60, 100, shop="supermarket")
    found, more = propose_places(features, (), MUNICIPALITIES)
    assert (len(found), more) == (NUM_PLACES, 120 - NUM_PLACES)


def test_more_people_get_more_places_and_everybody_one() -> None:
    features = many(10.0, 60, 0, shop="supermarket") + many(10.1, 60, 100, shop="supermarket")
    found, _more = propose_places(features, (), MUNICIPALITIES)
    west = sum(place.ags == WEST for place in found)
    # By the square root of 9000 and 1000: three to one.
    assert west == pytest.approx(60, abs=1)


def test_different_kinds_come_first() -> None:
    features = many(10.0, 62, 0, shop="supermarket") + many(10.1, 62, 100, shop="supermarket")
    cinema = feature(999, 10.19, 52.05, amenity="cinema", name="Kino")
    found, _more = propose_places([*features, cinema], (), MUNICIPALITIES)
    assert "Ostdorf, Kino" in {place.name for place in found}


def test_places_of_one_name_are_told_apart() -> None:
    found = proposed(*many(10.0, 3, 0, leisure="pitch"))
    assert [place.name for place in found] == [
        "Westdorf, Sportplatz",
        "Westdorf, Sportplatz 2",
        "Westdorf, Sportplatz 3",
    ]
    assert len({place.id for place in found}) == 3


def test_the_order_of_the_data_changes_nothing() -> None:
    features = [*many(10.0, 60, 0, leisure="pitch"), *many(10.1, 60, 100, shop="mall")]
    assert propose_places(features, (), MUNICIPALITIES) == propose_places(
        features[::-1], (), MUNICIPALITIES
    )


def test_a_proposal_can_be_read_as_a_list_of_places() -> None:
    region = Region(MUNICIPALITIES, (), (), "")
    name = 'Schule "Ä"; \u2603 =1+1'
    found = proposed(feature(1, amenity="school", name=name), feature(2, 10.15, place="square"))
    text = render_places(found)
    assert render_places(read_places(text, "places.csv", region)) == text


def test_what_has_no_road_beside_it_is_no_candidate(grid: Grid, road_network: RoadNetwork) -> None:
    lon, lat = grid.lonlat(0, 500)
    far_lon, far_lat = grid.lonlat(500, 500)
    around = {WEST: Municipality(WEST, "W", 1, lon, lat, shapely.box(9, 51, 12, 53))}
    features = (
        feature(1, lon, lat, amenity="cinema", name="Nah"),
        feature(2, far_lon, far_lat, amenity="cinema", name="Fern"),
    )
    found, more = propose_places(features, (), around, network=road_network)
    assert [place.name for place in found] == ["W, Nah"]
    assert more == 0


def test_nothing_gives_nothing(tmp_path: Path) -> None:
    assert propose_places((), (), MUNICIPALITIES) == ((), 0)
