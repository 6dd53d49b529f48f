"""Features out of a file: the same as OSMnx makes of it, and faults told in a sentence."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import shapely
from small_osm import EVERYWHERE, Way, osm

from geodata.errors import NetworkError
from geodata.featurefile import read_features
from geodata.features import TAGS, features_from_frame
from geodata.language import speaking

# A halt on a line, a yard with a hole made of two rings, a pitch, a village and what is nothing.
SPOTS = {
    **{"a": (10.0, 52.0), "b": (10.01, 52.0), "c": (10.01, 52.01), "d": (10.0, 52.01)},
    **{"e": (10.004, 52.004), "f": (10.006, 52.004), "g": (10.006, 52.006)},
    **{"h": (10.05, 52.0), "i": (10.06, 52.0), "j": (10.06, 52.01), "v": (10.03, 52.03)},
}
WAYS: tuple[Way, ...] = (
    ("hijh", {"leisure": "pitch", "sport": "soccer", "surface": "grass"}),
    ("ab", {"public_transport": "platform", "name": "Steig"}),
    ("abcda", {}),
    ("efge", {}),
    ("cd", {"highway": "primary"}),
)
NODE_TAGS = {"v": {"place": "village", "name": "Dorf"}, "h": {"amenity": "bench"}}
YARD = (
    '<relation id="9" version="1"><member type="way" ref="3" role="outer"/>'
    '<member type="way" ref="4" role="inner"/><tag k="type" v="multipolygon"/>'
    '<tag k="amenity" v="school"/><tag k="name" v="Schule"/></relation>'
)


def small_file(folder: Path, text: str = "") -> Path:
    path = folder / "small.osm"
    text = text or osm(WAYS, node_tags=NODE_TAGS, lonlat=SPOTS)
    path.write_text(text.replace("</osm>", f"{YARD}</osm>"), encoding="utf-8")
    return path


def fault(path: Path, area: shapely.Polygon = EVERYWHERE) -> str:
    with speaking("en"), pytest.raises(NetworkError) as caught:
        read_features(path, area)
    (found,) = caught.value.faults
    assert found.where == str(path)
    assert found.remedy
    return found.what


def test_features_are_those_that_osmnx_finds(tmp_path: Path) -> None:
    import osmnx

    path = small_file(tmp_path)
    theirs = features_from_frame(osmnx.features_from_xml(path, tags=TAGS))
    assert read_features(path, EVERYWHERE).features == theirs
    assert [one.id for one in theirs] == ["n118", "r9", "w1", "w2"]


def test_a_packed_file_is_read_as_well(tmp_path: Path) -> None:
    plain = small_file(tmp_path)
    packed = tmp_path / "small.osm.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert read_features(packed, EVERYWHERE) == read_features(plain, EVERYWHERE)


def test_what_lies_outside_is_left_out(tmp_path: Path) -> None:
    west = shapely.box(9.99, 51.99, 10.02, 52.02)
    found = read_features(small_file(tmp_path), west).features
    assert [one.id for one in found] == ["r9", "w2"]


def test_a_way_that_is_cut_off_is_where_its_nodes_are(tmp_path: Path) -> None:
    path = small_file(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f'<node id="{ord("j")}"')]
    path.write_text("\n".join(kept), encoding="utf-8")
    found = {one.id: one for one in read_features(path, EVERYWHERE).features}
    assert 10.05 <= found["w1"].lon <= 10.06
    assert found["w1"].lat == 52.0


def test_a_file_of_somewhere_else_is_refused(tmp_path: Path) -> None:
    said = fault(small_file(tmp_path), shapely.box(1, 1, 2, 2))
    assert "4 elsewhere" in said


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    path = small_file(tmp_path, "<osm><node")
    assert "damaged" in fault(path)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    path.write_text("id", encoding="utf-8")
    assert "no file of OpenStreetMap" in fault(path)
