"""Downloads from a server on this machine: what comes, and each way in which it does not."""

from __future__ import annotations

import os
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import osmnx as ox
import pytest
from musterland import DISTRICT, LATS, LONS, Element, hit, musterland
from overpass_server import FREE, MapServer, impatient, serving
from shapely.geometry import Polygon

from geodata.errors import DownloadError
from geodata.language import speaking
from geodata.online.answers import Refusal, judge_roads, judge_status, seconds_to_wait
from geodata.online.keptanswers import cache_folder, date_of
from geodata.online.nominatim import find_districts
from geodata.online.overpass import download_municipalities, download_roads
from geodata.online.servers import Servers
from geodata.region import Municipality, Region

BOUNDARY = Polygon(DISTRICT)
# Faults that a server may get over, and those it will not.
PASSING = ["429", "503", "504", "page", "cut", "hang up", "half json", "remark", "silent"]
LASTING = ["400", "empty", "far", "west", "not osm", "list"]
SAID = {
    "429": "429",
    "503": "503",
    "504": "504",
    "page": "Seite",
    "cut": "abgerissen",
    "hang up": "abgerissen",
    "half json": "bricht ab",
    "remark": "timed out",
    "silent": "1 s",
    "400": "400",
    "empty": "nichts",
    "far": "nichts",
    "west": r"\d\d? %",
    "not osm": "OpenStreetMap",
    "list": "OpenStreetMap",
}


@pytest.fixture(scope="module")
def elements() -> list[Element]:
    return musterland().elements


@pytest.fixture
def server(elements: list[Element]) -> Iterator[MapServer]:
    with serving(MapServer(elements, [hit()])) as state:
        yield state


@pytest.fixture
def district() -> Region:
    whole = Municipality("03999001", "Musterstadt", 9_000, 10.05, 52.05, BOUNDARY)
    return Region({whole.ags: whole}, (), (), "© Serviette")


def roads(region: Region, servers: Servers, cache: Path, margin_m: float = 0) -> int:
    """Return the number of crossings that come."""
    graph = download_roads(region, margin_m, servers, cache, lambda _answers, _bytes: None)
    return len(graph)


def refused(region: Region, servers: Servers, cache: Path) -> str:
    with pytest.raises(DownloadError) as caught:
        roads(region, servers, cache)
    (fault,) = caught.value.faults
    assert fault.remedy
    return fault.what


def nobody() -> MapServer:
    """Return a server that is not there."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return MapServer(address=f"http://127.0.0.1:{free.getsockname()[1]}")


def test_roads_are_those_of_the_district(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    inside = [lon for lon in LONS if 10 < lon < 10.25], [lat for lat in LATS if 52 < lat < 52.2]
    # A simplified outline may take in a crossing beside it.
    assert roads(district, impatient(server), tmp_path) == len(inside[0]) * len(inside[1])


def test_a_margin_brings_the_roads_around(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    narrow = roads(district, impatient(server), tmp_path / "a")
    assert roads(district, impatient(server), tmp_path / "b", 5_000) > narrow + len(LATS)


def test_footways_and_parking_aisles_do_not_come(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    graph = download_roads(district, 0, impatient(server), tmp_path, lambda _a, _b: None)
    assert {d["highway"] for _u, _v, d in graph.edges(data=True)} == {"secondary", "tertiary"}


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_asked_again(
    fault: str, server: MapServer, district: Region, tmp_path: Path
) -> None:
    server.faults = [fault]
    assert roads(district, impatient(server), tmp_path) > 0
    questions = len(set(server.asked))
    assert len(server.asked) == questions + 1


@pytest.mark.parametrize("fault", PASSING)
def test_patience_ends(fault: str, server: MapServer, district: Region, tmp_path: Path) -> None:
    server.faults = [f"{fault}*"]
    assert re.search(SAID[fault], refused(district, impatient(server), tmp_path))
    assert len(server.asked) == 2


@pytest.mark.parametrize("fault", LASTING)
def test_nonsense_is_refused_and_not_kept(
    fault: str, server: MapServer, district: Region, tmp_path: Path
) -> None:
    server.faults = [f"{fault}*"]
    assert re.search(SAID[fault], refused(district, impatient(server), tmp_path))
    assert len(server.asked) == len(set(server.asked))
    assert list(tmp_path.rglob("*.json")) == []


@pytest.mark.parametrize("fault", ["504", "page", "400", "empty", "west"])
def test_the_next_server_is_asked(
    fault: str, server: MapServer, district: Region, tmp_path: Path, elements: list[Element]
) -> None:
    with serving(MapServer(elements, faults=[f"{fault}*"])) as broken:
        assert roads(district, impatient(broken, server), tmp_path) > 0
        assert broken.asked
    assert server.asked


@pytest.mark.parametrize("end", ["/", "/interpreter", "/interpreter/"])
def test_an_address_may_be_written_to_its_end(
    end: str, server: MapServer, district: Region, tmp_path: Path
) -> None:
    asked = replace(impatient(server), overpass=(f"{server.address}/api{end}",))
    assert roads(district, asked, tmp_path) > 0


def test_a_server_that_is_not_there_is_passed_over(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    assert roads(district, impatient(nobody(), server), tmp_path) > 0


def test_without_a_network_nothing_is_waited_for(district: Region, tmp_path: Path) -> None:
    start = time.monotonic()
    what = refused(district, impatient(nobody(), nobody()), tmp_path)
    assert what.count("nicht erreichbar") == 2
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "status",
    ["503", FREE.format(slots="Slot available after: 2026-11-16T13:00:00Z, in 3600 seconds.")],
)
def test_a_busy_server_is_not_asked(
    status: str, server: MapServer, district: Region, tmp_path: Path
) -> None:
    server.status = status
    refused(district, impatient(server), tmp_path)
    assert server.asked == []


def test_an_answer_in_drops_is_not_waited_for(
    server: MapServer, district: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.online.overpass.LONGEST_ANSWER", 0.4)
    # Pieces are handed on when they are full; a small one is full at once.
    monkeypatch.setattr("geodata.online.overpass.PIECE", 1)
    server.faults = ["dribble*"]
    start = time.monotonic()
    assert "dauert zu lange" in refused(district, impatient(server), tmp_path)
    assert time.monotonic() - start < 1.9


def test_an_answer_without_end_is_not_read(
    server: MapServer, district: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geodata.online.overpass.LARGEST_ANSWER", 100)
    assert "zu groß" in refused(district, impatient(server), tmp_path)


def test_a_server_need_not_tell_its_state(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    server.status = "404"
    assert roads(district, impatient(server), tmp_path) > 0


@pytest.mark.parametrize(
    ("slots", "seconds"),
    [
        ("2 slots available now.", 0),
        ("1 slot available now.", 0),
        ("Slot available after: 2026-11-16T12:00:12Z, in 12 seconds.", 12),
        (
            "Slot available after: 2026-11-16T12:00:40Z, in 40 seconds.\n"
            "Slot available after: 2026-11-16T12:00:12Z, in 12 seconds.",
            12,
        ),
        ("1 slots available now.\nSlot available after: 2026-11-16T12:00:12Z, in 12 seconds.", 0),
        ("Slot available after: 2026-11-16T11:59:59Z, in -1 seconds.", 0),
        ("Hello", 0),
    ],
)
def test_the_next_free_slot_is_read(slots: str, seconds: int) -> None:
    assert seconds_to_wait(FREE.format(slots=slots)) == seconds


def test_the_pause_that_a_server_asks_for_is_known() -> None:
    with pytest.raises(Refusal) as caught:
        judge_status(429, {"Retry-After": "7"})
    assert caught.value.wait_s == 7


def test_a_broken_download_goes_on(
    server: MapServer, district: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ox.settings, "max_query_area_size", 1e8)
    server.faults = ["", "", "", "504*"]
    refused(district, impatient(server), tmp_path)
    first = set(server.asked[:3])
    server.faults, server.asked[:] = [], []
    assert roads(district, impatient(server), tmp_path) > 0
    assert len(server.asked) >= 4
    assert not first & set(server.asked)


def test_a_kept_answer_that_broke_off_is_asked_again(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    whole = roads(district, impatient(server), tmp_path)
    for path in tmp_path.glob("*.json"):
        path.write_bytes(path.read_bytes()[:-20])
    assert roads(district, impatient(server), tmp_path) == whole


def test_answers_of_another_day_are_asked_anew(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    roads(district, impatient(server), tmp_path)
    asked = list(server.asked)
    yesterday = time.time() - 25 * 3600
    for path in tmp_path.glob("*.json"):
        os.utime(path, (yesterday, yesterday))
    roads(district, impatient(server), tmp_path)
    assert server.asked == asked * 2


def test_the_date_of_the_data_is_kept(server: MapServer, district: Region, tmp_path: Path) -> None:
    roads(district, impatient(server), tmp_path)
    assert date_of(tmp_path) == "2026-11-15"


def test_without_answers_there_is_no_date(tmp_path: Path) -> None:
    assert date_of(tmp_path) == ""


def test_a_disk_that_takes_nothing_is_named(
    server: MapServer, district: Region, tmp_path: Path
) -> None:
    (tmp_path / "full").write_text("")
    with pytest.raises(DownloadError) as caught:
        roads(district, impatient(server), tmp_path / "full" / "answers")
    assert caught.value.faults[0].where == str(tmp_path / "full" / "answers")
    assert len(server.asked) == 1


def test_a_full_disk_is_no_fault_of_the_server(
    server: MapServer, district: Region, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with speaking("en"), pytest.raises(DownloadError, match="the disk is full"):
        roads(district, impatient(server, server), tmp_path)
    assert len(server.asked) == 1


@pytest.mark.parametrize("fault", ["", "400"])
def test_osmnx_is_left_as_it_was(
    fault: str, server: MapServer, district: Region, tmp_path: Path
) -> None:
    before = {k: v for k, v in vars(ox.settings).items() if not k.startswith("_")}
    resolve = socket.getaddrinfo
    server.faults = [f"{fault}*"]
    if fault:
        refused(district, impatient(server), tmp_path)
    else:
        roads(district, impatient(server), tmp_path)
    assert {k: v for k, v in vars(ox.settings).items() if not k.startswith("_")} == before
    assert socket.getaddrinfo is resolve


def test_the_program_says_who_it_is(server: MapServer, district: Region, tmp_path: Path) -> None:
    find_districts("Musterland", impatient(server))
    roads(district, impatient(server), tmp_path)
    assert {agent.split("/")[0] for agent in server.agents} == {"outreach-tours"}


def test_progress_grows(server: MapServer, district: Region, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    download_roads(district, 0, impatient(server), tmp_path, lambda *now: seen.append(now))
    assert seen == sorted(seen)
    assert seen[-1][0] == len(server.asked)
    assert seen[-1][1] == sum(len(path.read_bytes()) for path in tmp_path.glob("*.json"))


def test_municipalities_that_cover_little_are_refused(
    server: MapServer, tmp_path: Path, elements: list[Element]
) -> None:
    # What is left are 0.0109 of 0.05 square degrees.
    server.elements = [e for e in elements if (e["type"], e["id"]) not in WEST]
    with pytest.raises(DownloadError, match="22 %"):
        download_municipalities(BOUNDARY, impatient(server), tmp_path, lambda _a, _b: None)


WEST = {("relation", 901), ("relation", 902)}


def test_roads_in_a_corner_are_refused(district: Region) -> None:
    import numpy as np

    with pytest.raises(Refusal):
        judge_roads(np.array([10.01, 10.02]), np.array([52.01, 52.02]), district)


def test_no_road_at_all_is_refused(district: Region) -> None:
    import numpy as np

    with pytest.raises(Refusal):
        judge_roads(np.array([]), np.array([]), district)


def test_jobs_keep_their_answers_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder("a") != cache_folder("b")
    assert cache_folder("a").parent.parent == tmp_path
