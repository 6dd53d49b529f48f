"""Municipalities from boundaries of OpenStreetMap."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Polygon, box

from geodata.boundaries import municipalities_from_features, people_of, with_people_of_places
from geodata.errors import RegionError
from geodata.region import Municipality

DISTRICT = box(10.0, 52.0, 10.2, 52.1)
WEST, EAST = box(10.0, 52.0, 10.1, 52.1), box(10.1, 52.0, 10.2, 52.1)
AGS, ARS = "de:amtlicher_gemeindeschluessel", "de:regionalschluessel"
Row = tuple[dict[str, str], shapely.Geometry]


def named(ags: str, name: str, **tags: str) -> dict[str, str]:
    return {"boundary": "administrative", AGS: ags, "name": name} | tags


def found(*rows: Row) -> dict[str, Municipality]:
    frame = gpd.GeoDataFrame(
        [tags for tags, _outline in rows],
        geometry=[outline for _tags, outline in rows],
        crs="EPSG:4326",
    )
    return municipalities_from_features(frame, DISTRICT)


def names(*rows: Row) -> dict[str, str]:
    return {ags: m.name for ags, m in found(*rows).items()}


def test_neighbours_of_another_district_are_left_out() -> None:
    beyond = box(10.2, 52.0, 10.4, 52.1)
    assert names(
        (named("03998001", "Nachbar"), beyond),
        (named("03999002", "Ost"), EAST),
        (named("03999001", "West"), WEST),
    ) == {"03999001": "West", "03999002": "Ost"}


@pytest.mark.parametrize(
    "ags", ["03999", "03", "039990011", "33999001", "", "o3999001", "٠٣٩٩٩٠٠١"]
)
def test_what_has_no_key_of_a_municipality_is_none(ags: str) -> None:
    assert set(names((named(ags, "Kreis"), DISTRICT), (named("03999001", "West"), WEST))) == {
        "03999001"
    }


def test_spaces_in_a_key_do_not_matter() -> None:
    assert names((named("03 9 99 001", "West"), WEST)) == {"03999001": "West"}


def test_the_regional_key_will_do() -> None:
    tags = {"boundary": "administrative", ARS: "039995401004", "name": "West"}
    assert names((tags, WEST)) == {"03999004": "West"}


def test_an_association_of_municipalities_is_none() -> None:
    tags = {"boundary": "administrative", ARS: "039995401", "name": "Samtgemeinde"}
    assert set(names((tags, DISTRICT), (named("03999001", "West"), WEST))) == {"03999001"}


def test_a_place_with_a_key_is_no_boundary() -> None:
    place = {"place": "town", AGS: "03999002", "name": "Ost"}
    point = shapely.Point(10.15, 52.05)
    assert set(names((place, point), (named("03999001", "West"), WEST))) == {"03999001"}


def test_a_city_is_its_own_district() -> None:
    assert names((named("05315000", "Stadt", admin_level="6"), DISTRICT)) == {"05315000": "Stadt"}


def test_of_two_outlines_of_a_key_the_larger_counts() -> None:
    small = box(10.0, 52.0, 10.02, 52.02)
    (west,) = found((named("03999001", "Kern"), small), (named("03999001", "West"), WEST)).values()
    assert west.name == "West"


def test_a_district_without_keys_is_refused() -> None:
    with pytest.raises(RegionError):
        found(({"boundary": "administrative", "name": "West"}, WEST))


def test_neighbours_still_meet_after_they_were_simplified() -> None:
    wave = [(10.1 + 0.0004 * (step % 3), 52.0 + 0.001 * step) for step in range(1, 100)]
    west = Polygon([(10.0, 52.0), (10.1, 52.0), *wave, (10.1, 52.1), (10.0, 52.1)])
    east = Polygon([(10.2, 52.1), (10.1, 52.1), *wave[::-1], (10.1, 52.0), (10.2, 52.0)])
    both = found((named("03999001", "West"), west), (named("03999002", "Ost"), east))
    outlines = [m.boundary for m in both.values()]
    assert shapely.coverage_is_valid(outlines)
    assert sum(map(shapely.get_num_coordinates, outlines)) < 202
    assert shapely.union_all(outlines).area == pytest.approx(0.02, rel=1e-3)


def test_a_hole_stays_a_hole() -> None:
    hole = box(10.04, 52.04, 10.06, 52.06)
    ring = WEST.difference(hole)
    both = found((named("03999001", "Ring"), ring), (named("03999002", "Kern"), hole))
    assert not both["03999001"].boundary.contains(shapely.Point(10.05, 52.05))
    assert both["03999002"].boundary.contains(shapely.Point(10.05, 52.05))


def test_the_point_of_a_municipality_lies_inside() -> None:
    (west,) = found((named("03999001", "West"), WEST)).values()
    assert west.boundary.contains(shapely.Point(west.lon, west.lat))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("21500", 21_500),
        ("21.500", 21_500),
        ("21 500", 21_500),
        ("about 500", 0),
        ("-5", 0),
        ("1e9", 0),
        ("999999999", 0),
        (None, 0),
        (float("nan"), 0),
    ],
)
def test_population_is_read_as_mappers_write_it(text: object, people: int) -> None:
    assert people_of(text) == people


def west(name: str = "West", population: int = 0) -> dict[str, Municipality]:
    return {"03999001": Municipality("03999001", name, population, 10.05, 52.05, WEST)}


def test_population_of_the_town_of_that_name_fills_a_gap() -> None:
    filled = with_people_of_places(west("West (Aue)"), [("West", "900", 10.05, 52.05)])
    assert filled["03999001"].population == 900


@pytest.mark.parametrize("place", [("Ost", "900", 10.05, 52.05), ("West", "900", 10.15, 52.05)])
def test_other_places_fill_no_gap(place: tuple[str, str, float, float]) -> None:
    assert with_people_of_places(west(), [place])["03999001"].population == 0


def test_a_population_that_is_given_stays() -> None:
    filled = with_people_of_places(west(population=700), [("West", "900", 10.05, 52.05)])
    assert filled["03999001"].population == 700
