"""What could be added to a list of places: new things only, each with its reason and weight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import EAST, WEST

from geodata.additions import Additions, Proposal, find_additions
from geodata.discover import ASSUMED, DEFAULTS, INDOOR_POOL_HOURS
from geodata.features import Feature
from geodata.language import speaking
from geodata.places import Place
from geodata.region import BusStop, Region

METRE_NORTH = 1 / 111_200  # degrees of latitude per metre
LON, LAT = 10.05, 52.05


@pytest.fixture
def bare(region: Region) -> Region:
    """Return the district without stops."""
    return replace(region, stops=())


def feature(number: int, north_m: float = 0, lon: float = LON, **tags: str) -> Feature:
    return Feature(f"n{number}", tags, lon, LAT + north_m * METRE_NORTH)


def pitch(number: int, north_m: float = 0, lon: float = LON) -> Feature:
    return feature(number, north_m, lon, leisure="pitch")


def place(north_m: float = 0, **changes: object) -> Place:
    values = {"id": "hof", "name": "Hof", "kind": "square", "lon": LON, "ags": WEST} | changes
    return Place(lat=LAT + north_m * METRE_NORTH, **values)  # type: ignore[arg-type]  # any of its fields


def only(found: Additions) -> Proposal:
    (one,) = found.proposals
    return one


def test_a_feature_becomes_a_proposal(bare: Region) -> None:
    bmx = feature(7, leisure="pitch", sport="bmx", name="Rampe")
    one = only(find_additions([bmx], bare, []))
    assert (one.place.id, one.place.name) == ("westdorf-rampe", "Westdorf, Rampe")
    assert (one.place.kind, one.place.ags) == ("skate_park", WEST)
    assert one.place.hours == DEFAULTS["skate_park"].hours
    assert one.place.assumed == ASSUMED
    assert one.source == "OpenStreetMap n7: leisure=pitch sport=bmx"


def test_stops_alone_give_proposals_too(region: Region) -> None:
    with speaking("en"):
        found = find_additions([], region, [])
    names = {one.place.name: one.source for one in found.proposals}
    assert names["Westdorf, Kirche"] == "Stop w1: Westdorf, Kirche"
    assert {*names} == {"Westdorf, Kirche", "Westdorf, Bahnhof", "Ostdorf"}


def test_a_stop_of_openstreetmap_is_named_as_there(region: Region) -> None:
    stop = BusStop("n5", "Aue, Kirche", WEST, LON, LAT, False)
    found = find_additions([], replace(region, stops=(stop,)), [])
    assert only(found).place.name == "Aue, Kirche"


@pytest.mark.parametrize(("away_m", "number"), [(145, 0), (155, 1)])
@pytest.mark.parametrize("status", ["active", "resting", "retired"])
def test_what_lies_beside_a_place_is_that_place(
    bare: Region, away_m: int, number: int, status: str
) -> None:
    found = find_additions([pitch(1, away_m)], bare, [place(status=status)])
    assert len(found.proposals) == number
    assert found.left_out["known"] == 1 - number


def test_what_lies_beside_an_earlier_proposal_is_not_proposed_again(bare: Region) -> None:
    found = find_additions([pitch(1, 100)], bare, [], earlier=[place()])
    assert (found.proposals, found.left_out["earlier"]) == ((), 1)


def test_a_place_that_was_moved_is_known_by_its_id(bare: Region) -> None:
    halt = feature(1, railway="halt")
    moved = place(900, id="westdorf-bahnhof")
    assert find_additions([halt], bare, [moved]).left_out["known"] == 1


def test_a_second_pitch_gets_a_number(bare: Region) -> None:
    first = place(900, id="westdorf-sportplatz", name="Westdorf, Sportplatz")
    one = only(find_additions([pitch(1)], bare, [first]))
    assert (one.place.id, one.place.name) == ("westdorf-sportplatz-2", "Westdorf, Sportplatz 2")


def test_of_neighbours_the_stronger_kind_stays(bare: Region) -> None:
    youth = feature(1, 100, amenity="youth_centre")
    found = find_additions([pitch(2), youth], bare, [])
    assert only(found).place.kind == "youth_centre"
    assert found.left_out["merged"] == 1


def test_the_weaker_of_two_is_proposed_where_the_stronger_is_a_place(bare: Region) -> None:
    youth = feature(1, 100, amenity="youth_centre")
    found = find_additions([pitch(2, -40), youth], bare, [place(120)])
    assert only(found).place.kind == "sports"


def test_what_others_are_responsible_for_is_left_out(bare: Region) -> None:
    found = find_additions([pitch(1), pitch(2, lon=10.15)], bare, [], not_served={EAST})
    assert (only(found).place.ags, found.left_out["not_served"]) == (WEST, 1)


def test_only_the_kinds_that_are_looked_for_are_proposed(bare: Region) -> None:
    mall = feature(1, 900, shop="mall")
    assert only(find_additions([pitch(2), mall], bare, [], kinds=["shop"])).place.kind == "shop"


def test_the_weight_is_that_of_one_more_place(bare: Region) -> None:
    # West has 1 000 people, east 3 000; each has one place, so the mean is 2 000. With one more,
    # west has 500 each: the root of a quarter, but not below 0.7.
    places = [place(-2000), place(-2000, id="o", name="O", lon=10.15, ags=EAST)]
    found = find_additions([pitch(1), pitch(2, lon=10.15)], bare, places)
    west, east = (one.place.start_weight for one in found.proposals)
    assert west == round(1.1 * 0.7, 1)
    assert east == round(1.1 * (1500 / 2000) ** 0.5, 1)


def test_without_a_place_the_weight_is_that_of_the_kind(bare: Region) -> None:
    assert only(find_additions([pitch(1)], bare, [])).place.start_weight == 1.1


def test_a_name_is_no_formula(bare: Region) -> None:
    town = replace(bare.municipalities[WEST], name="=1+1")
    named = replace(bare, municipalities={**bare.municipalities, WEST: town})
    assert only(find_additions([pitch(1)], named, [])).place.name == "1+1, Sportplatz"


def test_what_was_proposed_is_not_found_again(region: Region) -> None:
    features = [pitch(1), pitch(2, 800), feature(3, 400, amenity="school", name="IGS")]
    first = [one.place for one in find_additions(features, region, []).proposals]
    again = find_additions(features, region, first[:3], earlier=first[3:])
    assert again.proposals == ()


def test_two_stations_of_one_name_are_one(bare: Region) -> None:
    halts = [feature(1, railway="halt"), feature(2, 400, railway="station")]
    found = find_additions(halts, bare, [])
    assert (len(found.proposals), found.left_out["merged"]) == (1, 1)


def test_beside_a_namesake_there_is_room(bare: Region) -> None:
    halts = [feature(1, railway="halt"), feature(2, 400, railway="station")]
    features = [*halts, pitch(3, 500)]
    first = [one.place for one in find_additions(features, bare, []).proposals]
    assert [place.kind for place in first] == ["station", "sports"]
    assert find_additions(features, bare, [], earlier=first).proposals == ()


def test_two_shops_of_one_name_are_two(bare: Region) -> None:
    shops = [feature(n, 400 * n, shop="supermarket", name="Markt") for n in (1, 2)]
    names = [one.place.name for one in find_additions(shops, bare, []).proposals]
    assert names == ["Westdorf, Markt", "Westdorf, Markt 2"]


def test_an_indoor_pool_is_open_all_year(bare: Region) -> None:
    pool = feature(1, leisure="water_park", name="Hallenbad")
    assert only(find_additions([pool], bare, [])).place.hours == INDOOR_POOL_HOURS
