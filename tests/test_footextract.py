"""Ways on foot and residential areas out of a file that is read for its roads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
import shapely
from small_grid import Grid
from small_osm import EVERYWHERE, Way, osm
from small_walks import lonlat, shape_on

from geodata.crs import shapes_in_metres
from geodata.extract import read_extract
from geodata.footextract import FootFinds

NODES = {
    **{"a": (0.0, 0.0), "b": (1000.0, 0.0), "c": (1000.0, 1000.0), "d": (0.0, 1000.0)},
    **{"e": (300.0, 300.0), "f": (600.0, 300.0), "g": (600.0, 600.0), "h": (300.0, 600.0)},
    **{"x": (1500.0, 0.0), "y": (9000.0, 0.0)},
}
ROAD: Way = ("ab", {"highway": "residential"})
HOME = {"landuse": "residential"}
# A square of 1 km with a square hole of 300 m; its outer ring is drawn in two parts.
RELATION = (
    '<relation id="1" version="1"><member type="way" ref="2" role="outer"/>'
    '<member type="way" ref="3" role="outer"/><member type="way" ref="4" role="inner"/>'
    '<tag k="type" v="multipolygon"/><tag k="landuse" v="residential"/></relation>'
)


def found(
    folder: Path, ways: Iterable[Way], relation: str = "", around: shapely.Polygon = EVERYWHERE
) -> FootFinds:
    path = folder / "town.osm"
    text = osm(ways, NODES).replace("</osm>", f"{relation}</osm>")
    path.write_text(text, encoding="utf-8")
    finds = FootFinds(around, EVERYWHERE)
    read_extract(path, EVERYWHERE, on_foot=finds)
    return finds


def lengths(finds: FootFinds) -> list[int]:
    return sorted(round(length) for length in shapely.length(shapes_in_metres(finds.lines())))


def areas(finds: FootFinds) -> list[int]:
    return [round(area) for area in shapely.area(shapes_in_metres(finds.homes()))]


def test_paths_are_taken_and_what_is_closed_is_not(tmp_path: Path) -> None:
    ways: list[Way] = [
        ROAD,
        ("bc", {"highway": "path"}),
        ("cd", {"highway": "footway", "foot": "no"}),
        ("da", {"railway": "rail"}),
    ]
    assert lengths(found(tmp_path, ways)) == [2000]


def test_roads_are_read_as_before(tmp_path: Path) -> None:
    ways: list[Way] = [ROAD, ("bc", {"highway": "path"})]
    path = tmp_path / "town.osm"
    path.write_text(osm(ways, NODES), encoding="utf-8")
    alone = read_extract(path, EVERYWHERE)
    beside = read_extract(path, EVERYWHERE, on_foot=FootFinds(EVERYWHERE, EVERYWHERE))
    assert sorted(alone.edges(data=True), key=str) == sorted(beside.edges(data=True), key=str)
    assert alone.number_of_edges() == 2


def test_only_ways_around_the_places_are_taken(tmp_path: Path) -> None:
    around = shape_on(shapely.box(-100, -100, 2000, 100))
    assert isinstance(around, shapely.Polygon)
    ways: list[Way] = [ROAD, ("bx", {"highway": "track"}), ("xy", {"highway": "track"})]
    assert lengths(found(tmp_path, ways, around=around)) == [1500]


def test_a_closed_way_is_a_residential_area(tmp_path: Path) -> None:
    ways: list[Way] = [ROAD, ("efghe", HOME), ("efg", HOME), ("efghe", {"landuse": "forest"})]
    assert areas(found(tmp_path, ways)) == pytest.approx([90_000], rel=1e-3)


def test_an_area_of_several_rings_has_its_hole(tmp_path: Path) -> None:
    ways: list[Way] = [ROAD, ("abc", {}), ("cda", {}), ("efghe", {})]
    assert areas(found(tmp_path, ways, RELATION)) == pytest.approx([910_000], rel=1e-3)


def test_an_area_whose_rings_are_not_whole_is_left_out(tmp_path: Path) -> None:
    ways: list[Way] = [ROAD, ("abc", {}), ("efg", {}), ("efghe", {})]
    assert areas(found(tmp_path, ways, RELATION)) == []


def test_places_of_ways_are_those_of_the_file(tmp_path: Path) -> None:
    (line,) = found(tmp_path, [("ax", {"highway": "residential"})]).lines()
    ends = sorted(tuple(round(value, 7) for value in at) for at in line.coords)
    assert ends == sorted(
        (round(lon, 7), round(lat, 7)) for lon, lat in lonlat(NODES["a"], NODES["x"])
    )
    assert Grid().lonlat(0, 0) == pytest.approx(ends[0], abs=1e-7)
