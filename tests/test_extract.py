"""Files of OpenStreetMap data: the same graph as OSMnx makes, and faults told in a sentence."""

from __future__ import annotations

import bz2
import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import osmium
import pytest
import shapely
from small_grid import Grid
from small_osm import CROSS, EVERYWHERE, RING, Way, osm

from geodata.errors import NetworkError
from geodata.extract import read_extract
from geodata.language import speaking
from geodata.osmfile import ENDINGS
from geodata.roads import TAGS

WAYS: tuple[Way, ...] = (
    *RING,
    ("aeb", {"highway": "primary", "oneway": "-1", "maxspeed": "DE:rural", "name": "Straße"}),
    ("ef", {"highway": "service", "access": "destination"}),
    ("fc", {"highway": "residential", "oneway": "yes"}),
    ("bdb", {"highway": "tertiary", "junction": "roundabout"}),
    ("aab", {"highway": "road"}),
)
OTHERS: tuple[Way, ...] = (
    ("ac", {"highway": "footway"}),
    ("bd", {"building": "yes"}),
    ("df", {"highway": "primary", "oneway": "reversible"}),
)


def as_pbf(text: str, path: Path) -> None:
    (plain := path.with_name("plain.osm")).write_text(text, encoding="utf-8")
    with osmium.SimpleWriter(path) as writer:
        for entity in osmium.FileProcessor(plain):
            writer.add(entity)


WRITERS: dict[str, Callable[[str, Path], object]] = {
    ".osm": lambda text, path: path.write_text(text, encoding="utf-8"),
    ".osm.gz": lambda text, path: path.write_bytes(gzip.compress(text.encode())),
    ".osm.bz2": lambda text, path: path.write_bytes(bz2.compress(text.encode())),
    ".osm.pbf": as_pbf,
}


def everything(graph: nx.MultiDiGraph[Any]) -> tuple[list[str], list[str]]:
    nodes = sorted(repr((n, sorted(d.items()))) for n, d in graph.nodes(data=True))
    edges = sorted(repr((u, v, sorted(d.items()))) for u, v, d in graph.edges(data=True))
    return nodes, edges


def read(text: str, folder: Path, area: shapely.Polygon = EVERYWHERE) -> nx.MultiDiGraph[Any]:
    path = folder / "roads.osm"
    path.write_text(text, encoding="utf-8")
    return read_extract(path, area)


def fault(path: Path, area: shapely.Polygon = EVERYWHERE) -> str:
    with speaking("en"), pytest.raises(NetworkError) as caught:
        read_extract(path, area)
    (found,) = caught.value.faults
    assert found.where == str(path)
    assert found.remedy
    return found.what


def test_every_ending_has_its_test() -> None:
    assert set(WRITERS) == set(ENDINGS)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_holds_the_same_roads(ending: str, tmp_path: Path) -> None:
    text = osm([*WAYS, *OTHERS], node_tags={"e": {"barrier": "gate", "access": "no"}})
    path = tmp_path / f"small{ending}"
    WRITERS[ending](text, path)
    (tmp_path / "other").mkdir()
    expected = read(text, tmp_path / "other")
    assert everything(read_extract(path, EVERYWHERE)) == everything(expected)
    assert expected.number_of_nodes() == len(CROSS)


def test_the_graph_is_what_osmnx_makes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import osmnx

    monkeypatch.setattr(osmnx.settings, "useful_tags_way", list(TAGS["way"]))
    monkeypatch.setattr(osmnx.settings, "useful_tags_node", list(TAGS["node"]))
    text = osm(WAYS, node_tags={"e": {"barrier": "gate", "access": "no", "note": "x"}})
    ours = read(text, tmp_path)
    theirs = osmnx.graph_from_xml(tmp_path / "roads.osm", simplify=False, retain_all=True)
    assert everything(ours) == everything(theirs)
    assert ours.graph["crs"] == theirs.graph["crs"]


def test_what_lies_outside_is_cut_off_as_osmnx_does(tmp_path: Path) -> None:
    import osmnx

    whole = read(osm(WAYS), tmp_path)
    west = shapely.box(*Grid().lonlat(-100, -700), *Grid().lonlat(700, 1100))
    expected = osmnx.truncate.truncate_graph_polygon(whole, west)
    found = read(osm(WAYS), tmp_path, west)
    assert everything(found) == everything(expected)
    assert set(found) == {ord(name) for name in "adef"}


def test_an_area_may_have_holes_and_parts(tmp_path: Path) -> None:
    corners = [Grid().lonlat(*CROSS[name]) for name in "abe"]
    parts = shapely.MultiPolygon([shapely.Point(corner).buffer(1e-4) for corner in corners])
    path = tmp_path / "roads.osm"
    path.write_text(osm(WAYS), encoding="utf-8")
    assert set(read_extract(path, parts)) == {ord(name) for name in "abe"}


def test_the_date_is_that_of_the_newest_road(tmp_path: Path) -> None:
    assert read(osm(WAYS, stamp="2025-03-04T05:06:07Z"), tmp_path).graph["date"] == "2025-03-04"


def test_the_date_of_the_file_counts_first(tmp_path: Path) -> None:
    header = osmium.io.Header()
    header.set("osmosis_replication_timestamp", "2026-10-31T20:21:22Z")
    (tmp_path / "plain.osm").write_text(osm(WAYS), encoding="utf-8")
    with osmium.SimpleWriter(tmp_path / "dated.osm.pbf", header=header) as writer:
        for entity in osmium.FileProcessor(tmp_path / "plain.osm"):
            writer.add(entity)
    assert read_extract(tmp_path / "dated.osm.pbf", EVERYWHERE).graph["date"] == "2026-10-31"


def test_a_file_without_dates_has_none(tmp_path: Path) -> None:
    text = osm(WAYS).replace(' timestamp="2026-11-01T08:00:00Z"', "")
    assert read(text, tmp_path).graph["date"] == ""


def test_a_road_with_a_node_that_is_missing_is_cut_there(tmp_path: Path) -> None:
    grid = Grid()
    lon, lat = grid.lonlat(*CROSS["e"])
    text = osm([("aebc", {"highway": "tertiary"})]).replace(
        f'<node id="{ord("e")}" version="1" lat="{lat:.7f}" lon="{lon:.7f}"></node>', ""
    )
    found = read(text, tmp_path)
    assert {frozenset(map(chr, edge)) for edge in found.edges()} == {frozenset("bc")}


def test_progress_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geodata.extract.REPORT_EVERY", 2)
    told: list[int] = []
    path = tmp_path / "roads.osm"
    path.write_text(osm([*WAYS, *OTHERS]), encoding="utf-8")
    read_extract(path, EVERYWHERE, on_progress=told.append)
    assert sorted(set(told)) == [2, 4, 6]


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_truncated_file_is_said_to_be_so(ending: str, share: float, tmp_path: Path) -> None:
    path = tmp_path / f"cut{ending}"
    WRITERS[ending](osm(WAYS), path)
    content = path.read_bytes()
    path.write_bytes(content[: max(1, int(len(content) * share))])
    assert fault(path).startswith("The file is damaged, incomplete")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<html><body>504 Gateway Timeout</body></html>", bytes(5_000), b"PK\3\4junk"],
    ids=["empty", "text", "page", "zeros", "zip"],
)
def test_what_is_no_such_file_is_said_to_be_so(ending: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / f"wrong{ending}"
    path.write_bytes(content)
    assert fault(path).startswith("The file is damaged, incomplete")


def test_bytes_that_have_changed_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "bad.osm.pbf"
    as_pbf(osm(WAYS), path)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 8] = bytes(byte ^ 255 for byte in content[middle : middle + 8])
    path.write_bytes(content)
    assert fault(path).startswith("The file is damaged, incomplete")


def test_a_coordinate_that_is_none_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "bad.osm"
    path.write_text(osm(WAYS).replace('lat="5', 'lat="x5', 1), encoding="utf-8")
    assert fault(path).startswith("The file is damaged, incomplete")


@pytest.mark.parametrize("name", ["roads.zip", "roads.pbf.txt", "roads.shp", "osm", "roads.osc"])
def test_other_endings_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(osm(WAYS), encoding="utf-8")
    assert fault(path) == "This is no file of OpenStreetMap data"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert fault(tmp_path / "none.osm.pbf") == "There is no such file"
    (tmp_path / "folder.osm").mkdir()
    assert fault(tmp_path / "folder.osm") == "There is no such file"


def test_roads_elsewhere_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "roads.osm"
    path.write_text(osm(WAYS), encoding="utf-8")
    away = shapely.box(5, 40, 6, 41)
    assert fault(path, away) == "The file has no roads in the district (6 roads elsewhere)"


def test_a_file_without_roads(tmp_path: Path) -> None:
    path = tmp_path / "roads.osm"
    path.write_text(osm(OTHERS), encoding="utf-8")
    assert fault(path) == "The file has no roads in the district (0 roads elsewhere)"


def test_a_file_whose_nodes_come_later(tmp_path: Path) -> None:
    lines = osm(WAYS).splitlines()
    head, body, tail = lines[:2], lines[2:-1], lines[-1:]
    path = tmp_path / "unsorted.osm"
    path.write_text("\n".join([*head, *body[::-1], *tail]), encoding="utf-8")
    assert fault(path).startswith("The file does not tell where its roads are")
