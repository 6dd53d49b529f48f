"""Ways on foot and residential areas from a server: the same as from a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import shapely
from overpass_server import HURRY, MapServer, serving
from small_grid import Grid
from small_osm import EVERYWHERE, osm
from small_walks import shape_on

from geodata.errors import DownloadError
from geodata.extract import read_extract
from geodata.footextract import FootFinds
from geodata.online.overpass import download_footways, download_homes
from geodata.online.servers import Servers

NODES = {
    **{"a": (0.0, 0.0), "b": (1000.0, 0.0), "c": (1000.0, 1000.0), "d": (0.0, 1000.0)},
    # Far enough for another square of the download.
    "x": (30_000.0, 0.0),
}
WAYS: Sequence[tuple[str, dict[str, str]]] = [
    ("abc", {"highway": "residential", "oneway": "yes"}),
    ("cd", {"highway": "path"}),
    ("bd", {"highway": "footway", "access": "private"}),
    ("ca", {"highway": "cycleway"}),
    ("bx", {"highway": "track"}),
    ("abcda", {"landuse": "residential"}),
]
AREA = shape_on(shapely.box(-500, -500, 31_000, 1_500))


def elements() -> list[dict[str, Any]]:
    grid = Grid()
    places = {name: grid.lonlat(*spot) for name, spot in NODES.items()}
    found: list[dict[str, Any]] = [
        {"type": "node", "id": ord(name), "lon": round(lon, 7), "lat": round(lat, 7)}
        for name, (lon, lat) in places.items()
    ]
    return found + [
        {"type": "way", "id": number, "nodes": [ord(name) for name in word], "tags": dict(tags)}
        for number, (word, tags) in enumerate(WAYS, 1)
    ]


@pytest.fixture(scope="module")
def server() -> Iterator[MapServer]:
    with serving(MapServer(elements())) as state:
        yield state


@pytest.fixture
def finds(tmp_path: Path) -> FootFinds:
    path = tmp_path / "town.osm"
    path.write_text(osm(WAYS, NODES), encoding="utf-8")
    assert isinstance(AREA, shapely.Polygon)
    finds = FootFinds(AREA, AREA)
    read_extract(path, EVERYWHERE, on_foot=finds)
    return finds


def servers(server: MapServer) -> Servers:
    return Servers((f"{server.address}/api",), server.address, HURRY)


def nothing(_answers: int, _size: int) -> None:
    """Take note of nothing."""


def test_ways_are_those_of_a_file(server: MapServer, finds: FootFinds, tmp_path: Path) -> None:
    assert isinstance(AREA, shapely.Polygon)
    lines = download_footways(AREA, servers(server), tmp_path / "cache", nothing)
    assert [line.wkb for line in lines] == [line.wkb for line in finds.lines()]
    assert len(lines) == 3


def test_homes_are_those_of_a_file(server: MapServer, finds: FootFinds, tmp_path: Path) -> None:
    assert isinstance(AREA, shapely.Polygon)
    homes = download_homes(AREA, servers(server), tmp_path / "cache", nothing)
    assert [home.wkb for home in homes] == [home.wkb for home in finds.homes()]
    assert len(homes) == 1


def test_where_nobody_walks_the_download_says_so(server: MapServer, tmp_path: Path) -> None:
    desert = shape_on(shapely.box(3_000, 3_000, 5_000, 5_000))
    assert isinstance(desert, shapely.Polygon)
    with pytest.raises(DownloadError):
        download_footways(desert, servers(server), tmp_path / "cache", nothing)
