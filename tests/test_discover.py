"""Candidate meeting places from the names of stops."""

from __future__ import annotations

import pytest
import shapely

from geodata.discover import (
    ASSUMED,
    DEFAULTS,
    INDOOR_POOL_HOURS,
    candidates_from_stops,
    split_stop_name,
    with_start_weights,
)
from geodata.places import KINDS, Place
from geodata.region import BusStop, Municipality

LON, LAT = 10.0, 52.0
METRE_NORTH = 1 / 111_200  # degrees of latitude per metre
TOWN = "03000001"
OTHER = "03000002"


def municipality(
    ags: str = TOWN, name: str = "Althausen (Leine)", population: int = 9000
) -> Municipality:
    return Municipality(
        ags=ags,
        name=name,
        population=population,
        lon=LON,
        lat=LAT,
        boundary=shapely.box(LON - 0.1, LAT - 0.1, LON + 0.1, LAT + 0.1),
    )


def stop(name: str, north_m: float = 0, ags: str = TOWN, is_rail: bool = False) -> BusStop:
    return BusStop(
        id=f"{name} {north_m:g}",
        name=name,
        ags=ags,
        lon=LON,
        lat=LAT + north_m * METRE_NORTH,
        is_rail=is_rail,
    )


def discover(*stops: BusStop) -> tuple[Place, ...]:
    return candidates_from_stops(stops, {TOWN: municipality()})


def place(id_: str, ags: str, kind: str = "square") -> Place:
    return Place(id=id_, name=id_, kind=kind, lon=LON, lat=LAT, ags=ags)


@pytest.mark.parametrize(
    ("name", "village", "spot"),
    [
        ("Bahnhof/ZOB, Althausen", "", "Bahnhof/ZOB"),
        ("Sudheim Oberes Tor, Althausen", "Sudheim", "Oberes Tor"),
        ("Groß Ilsede Mitte, Althausen", "Groß Ilsede", "Mitte"),
        ("Eschweiler über Feld Kirche, Althausen", "Eschweiler über Feld", "Kirche"),
        ("Göttinger Straße, Althausen", "", "Göttinger Straße"),
        ("Polier Ortsmitte, Althausen", "Polier", "Ortsmitte"),
        ("Am Stadtpark, Althausen", "", "Am Stadtpark"),
        ("Realschule Bretzelnweg, Althausen", "", "Realschule Bretzelnweg"),
        ("Erichshagen(Leine) Kirche, Althausen (Leine)", "Erichshagen", "Kirche"),
        ("Klein Oedesse, Althausen", "Klein Oedesse", ""),
        ("Althausen Mitte", "", "Mitte"),
        ("Althausen", "", ""),
    ],
)
def test_name_is_split_into_village_and_spot(name: str, village: str, spot: str) -> None:
    assert split_stop_name(name, "Althausen") == (village, spot)


@pytest.mark.parametrize(
    ("spot", "kind"),
    [
        ("Bahnhof/ZOB", "station"),
        ("Jugendzentrum", "youth_centre"),
        ("Skatepark", "skate_park"),
        ("Schule/IGS", "school"),
        ("Silberkamp-Gymnasium", "school"),
        ("Berufsbildende Schulen 1", "school"),
        ("Freibad", "pool"),
        ("Bergbad", "pool"),
        ("Bad", "pool"),
        ("Sportplatz", "sports"),
        ("Einkaufszentrum", "shop"),
        ("Stadtpark", "park"),
        ("Spielplatz", "park"),
        ("Markt-West", "square"),
        ("Neues Rathaus", "square"),
        ("Salinenplatz", "square"),
        ("Kirche", "square"),
        ("Bürgerhaus", "other"),
        ("Grundschule", "bus_stop"),
        ("Alte Schule", "bus_stop"),
    ],
)
def test_kind_comes_from_the_spot(spot: str, kind: str) -> None:
    assert [p.kind for p in discover(stop(f"{spot}, Althausen"))] == [kind]


@pytest.mark.parametrize(
    "spot", ["Friedhof", "Krankenhaus", "Kindergarten", "Gewerbegebiet Süd", "Abzw. Sudheim"]
)
def test_what_is_no_meeting_place_is_left_out(spot: str) -> None:
    assert discover(stop(f"{spot}, Althausen")) == ()


def test_every_kind_has_defaults() -> None:
    assert set(DEFAULTS) == set(KINDS)


def test_the_stronger_of_two_neighbours_stays() -> None:
    found = discover(stop("Markt, Althausen"), stop("Bahnhof, Althausen", 140))
    assert [p.name for p in found] == ["Althausen, Bahnhof"]


def test_places_beyond_the_merging_distance_both_stay() -> None:
    found = discover(stop("Markt, Althausen"), stop("Bahnhof, Althausen", 160))
    assert [p.name for p in found] == ["Althausen, Bahnhof", "Althausen, Markt"]


def test_the_bus_stop_names_the_station_not_the_railway() -> None:
    found = discover(stop("Althausen", is_rail=True), stop("Bahnhof/ZOB, Althausen", 50))
    assert [p.name for p in found] == ["Althausen, Bahnhof/ZOB"]


def test_a_village_keeps_one_centre() -> None:
    found = discover(stop("Sudheim Kirche, Althausen"), stop("Sudheim Dorfplatz, Althausen", 400))
    assert [p.name for p in found] == ["Sudheim, Dorfplatz"]


def test_a_village_without_a_telling_name_gets_its_central_stop() -> None:
    found = discover(
        stop("Sudheim Worthweg, Althausen"),
        stop("Sudheim Oberes Tor, Althausen", 300),
        stop("Sudheim Holzbreite, Althausen", 500),
    )
    assert [(p.name, p.kind) for p in found] == [("Sudheim, Oberes Tor", "bus_stop")]


def test_a_villages_school_is_its_centre_not_a_school() -> None:
    assert [p.kind for p in discover(stop("Sudheim Schule, Althausen"))] == ["bus_stop"]


def test_id_is_made_of_plain_letters() -> None:
    assert [p.id for p in discover(stop("Höckelheim Große Straße, Althausen"))] == [
        "hoeckelheim-grosse-strasse"
    ]


def test_equal_names_get_different_ids() -> None:
    found = discover(stop("Markt, Althausen"), stop("Markt, Althausen", 400))
    assert [p.id for p in found] == ["althausen-markt", "althausen-markt-2"]


def test_assumed_columns_are_marked() -> None:
    assert all(p.assumed == ASSUMED for p in discover(stop("Markt, Althausen")))


def test_an_indoor_pool_is_open_all_year() -> None:
    assert [p.hours for p in discover(stop("Hallenbad, Althausen"))] == [INDOOR_POOL_HOURS]


def test_stops_of_another_district_are_left_out() -> None:
    assert discover(stop("Markt, Neuhausen", ags=OTHER)) == ()


def test_weight_is_that_of_the_kind_where_people_are_spread_evenly() -> None:
    people = {TOWN: municipality(), OTHER: municipality(OTHER, "Neuhausen")}
    weighted = with_start_weights([place("a", TOWN), place("b", OTHER, "station")], people)
    assert [p.start_weight for p in weighted] == [1.2, 1.5]


def test_weight_grows_with_the_root_of_the_people_per_place() -> None:
    # 14 400 and 5 600 people per place, mean 10 000: factors 1.2 and 0.748.
    people = {
        TOWN: municipality(population=14_400),
        OTHER: municipality(OTHER, "Neuhausen", 5_600),
    }
    weighted = with_start_weights([place("a", TOWN), place("b", OTHER)], people)
    assert [p.start_weight for p in weighted] == [1.4, 0.9]


def test_weight_stays_within_its_bounds() -> None:
    people = {
        TOWN: municipality(population=100_000),
        OTHER: municipality(OTHER, "Neuhausen", 10),
    }
    rows = [place("a", TOWN), *(place(f"b{i}", OTHER) for i in range(5))]
    weighted = with_start_weights(rows, people)
    assert [p.start_weight for p in weighted] == [1.7, *[0.8] * 5]


def test_a_municipality_that_is_not_served_does_not_move_the_others() -> None:
    people = {
        TOWN: municipality(population=1_000),
        OTHER: municipality(OTHER, "Neuhausen", 90_000),
    }
    weighted = with_start_weights([place("a", TOWN), place("b", OTHER)], people, {OTHER})
    assert [p.start_weight for p in weighted] == [1.2, 1.7]
