"""Districts found by name or number on a server that speaks as Nominatim does, and addresses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from musterland import DISTRICT, DISTRICT_RELATION, hit
from overpass_server import MapServer, impatient, serving
from shapely.geometry import Polygon

from geodata.errors import DownloadError
from geodata.online.nominatim import find_districts
from geodata.online.servers import Servers, is_address


@pytest.fixture
def server() -> Iterator[MapServer]:
    with serving(MapServer([], [hit()])) as state:
        yield state


def test_a_district_is_found_by_its_name(server: MapServer) -> None:
    (found,) = find_districts("Landkreis Musterland", impatient(server))
    assert (found.name, found.relation) == ("Landkreis Musterland", DISTRICT_RELATION)
    assert found.boundary.equals(Polygon(DISTRICT))


def test_a_district_is_found_by_its_number(server: MapServer) -> None:
    (found,) = find_districts(f"r{DISTRICT_RELATION}", impatient(server))
    assert found.name == "Landkreis Musterland"


@pytest.mark.parametrize(
    "other",
    [
        {"osm_type": "node"},
        {"type": "town"},
        {"class": "place"},
        {"place_rank": 16},
        {"geojson": {"type": "Point", "coordinates": [10, 52]}},
        {"geojson": {"type": "Polygon", "coordinates": "everywhere"}},
        {"geojson": None},
        {"osm_id": "many"},
        {"display_name": "\n"},
    ],
)
def test_what_is_no_district_is_not_found(other: dict[str, object], server: MapServer) -> None:
    server.places = [hit(name="") | other] if "display_name" in other else [hit() | other]
    server.places[0].setdefault("display_name", "x")
    assert find_districts(f"R{server.places[0]['osm_id']}", impatient(server)) == ()


@pytest.mark.parametrize("fault", ["429*", "page*", "cut*", "half json*", "silent*", "403*"])
def test_faults_of_nominatim_are_said(fault: str, server: MapServer) -> None:
    server.nominatim_faults = [fault]
    with pytest.raises(DownloadError):
        find_districts("Musterland", impatient(server))


def test_a_busy_nominatim_is_asked_again(server: MapServer) -> None:
    server.nominatim_faults = ["429"]
    assert find_districts("Musterland", impatient(server))


def test_only_germany_is_searched(server: MapServer) -> None:
    find_districts("Musterland", impatient(server))
    assert server.searched[0]["countrycodes"] == ["de"]


@pytest.mark.parametrize("address", ["", "overpass", "ftp://x/api", "http://", "http://[1/api"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert not is_address(address)
    with pytest.raises(DownloadError):
        Servers(overpass=(address,))


@pytest.mark.parametrize("address", ["https://overpass-api.de/api", "http://127.0.0.1:8080"])
def test_an_address_is_one(address: str) -> None:
    assert is_address(address)
