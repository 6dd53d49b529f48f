"""Stops, settlements and kinds of meeting places, by the tags of OpenStreetMap."""

from __future__ import annotations

import geopandas as gpd
import shapely

from geodata.features import (
    Feature,
    Settlements,
    features_from_frame,
    stops_from_features,
)
from geodata.region import BusStop, Municipality

WEST, EAST = "03000001", "03000002"
METRE_NORTH = 1 / 111_200
MUNICIPALITIES = {
    WEST: Municipality(WEST, "Westdorf (Aue)", 1, 10.05, 52.05, shapely.box(10, 52, 10.1, 52.1)),
    EAST: Municipality(EAST, "Ostdorf", 1, 10.15, 52.05, shapely.box(10.1, 52, 10.2, 52.1)),
}


def feature(number: int, lon: float = 10.05, lat: float = 52.05, **tags: str) -> Feature:
    return Feature(f"n{number}", tags, lon, lat)


def stops(*features: Feature) -> tuple[BusStop, ...]:
    return stops_from_features(features, MUNICIPALITIES)


def test_features_are_read_from_a_table() -> None:
    frame = gpd.GeoDataFrame(
        {"name": ["Haus", None], "amenity": [None, "school"], "colour": ["red", "blue"]},
        geometry=[shapely.Point(10.1, 52.0), shapely.box(10.0, 52.0, 10.2, 52.2)],
        index=[("way", 9), ("node", 10)],
        crs="EPSG:4326",
    )
    school, house = features_from_frame(frame)
    assert (house.id, dict(house.tags), house.lon) == ("w9", {"name": "Haus"}, 10.1)
    assert (school.id, dict(school.tags), school.lat) == ("n10", {"amenity": "school"}, 52.1)


def test_a_name_is_one_line_and_not_too_long() -> None:
    assert feature(1, name="Am\nMarkt\u202e " + "x" * 99).name == "Am Markt " + "x" * 50 + "…"


def test_a_stop_needs_a_name() -> None:
    assert stops(feature(1, highway="bus_stop")) == ()


def test_stops_lie_in_the_district() -> None:
    assert stops(feature(1, 9.9, highway="bus_stop", name="Fern")) == ()


def test_both_sides_of_a_stop_are_one() -> None:
    near = 52.05 + 290 * METRE_NORTH
    found = stops(
        feature(2, highway="bus_stop", name="Markt"),
        feature(1, lat=near, highway="bus_stop", name="Markt"),
    )
    assert [stop.id for stop in found] == ["n2"]


def test_stops_of_one_name_far_apart_are_two() -> None:
    far = 52.05 + 310 * METRE_NORTH
    found = stops(
        feature(1, highway="bus_stop", name="Markt"),
        feature(2, lat=far, highway="bus_stop", name="Markt"),
    )
    assert len(found) == 2


def test_stations_are_told_from_bus_stops() -> None:
    found = stops(
        feature(1, highway="bus_stop", name="Bahnhof"),
        feature(2, railway="station", public_transport="station", name="Westdorf"),
        feature(3, railway="platform", public_transport="platform", name="Gleis 1"),
        feature(4, train="yes", public_transport="platform", name="Gleis 2"),
        feature(5, public_transport="platform", name="Kirche"),
    )
    assert {stop.name: stop.is_rail for stop in found} == {
        "Bahnhof": False,
        "Westdorf": True,
        "Kirche": False,
    }


def test_a_settlement_names_what_lies_in_it() -> None:
    there = Settlements(
        [
            feature(1, 10.02, 52.02, place="village", name="Süderode"),
            feature(2, 10.11, 52.05, place="village", name="Neustadt"),
        ],
        MUNICIPALITIES,
    )
    assert there.name_at(WEST, 10.03, 52.02) == "Süderode"


def test_a_settlement_of_the_neighbour_names_nothing() -> None:
    there = Settlements([feature(1, 10.101, place="village", name="Neustadt")], MUNICIPALITIES)
    assert there.name_at(WEST, 10.099, 52.05) == "Westdorf"


def test_far_from_settlements_the_municipality_gives_the_name() -> None:
    there = Settlements([feature(1, 10.01, 52.01, place="village", name="S")], MUNICIPALITIES)
    assert there.name_at(WEST, 10.09, 52.09) == "Westdorf"


def test_the_seat_of_the_district_is_known() -> None:
    seat = feature(2, place="town", name="Westdorf", capital="6")
    there = Settlements([feature(1, place="town", name="Ort"), seat], MUNICIPALITIES)
    assert there.seat() == seat
