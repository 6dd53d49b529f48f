"""Roads of a district out of a file, as a person takes them in."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commandline import call
from small_osm import osm

from geodata.region import built_in_folder, load_region
from geodata.storage import load_network

Output = tuple[int, str, str]


@pytest.fixture
def space(tmp_path: Path) -> Path:
    assert call(["init", "peine", str(tmp_path / "peine")]) == 0
    return tmp_path / "peine"


@pytest.fixture
def roads(tmp_path: Path) -> Path:
    """Return a file with a road through all municipalities of Peine but the last, and out east."""
    region = load_region(built_in_folder("peine"))
    spots = [(one.lon, one.lat) for one in region.municipalities.values()][:-1]
    text = osm(
        [("abcdefg", {"highway": "primary"}), ("ab", {"highway": "road", "access": "no"})],
        lonlat=dict(zip("abcdefg", [*spots, (10.55, 52.25)], strict=True)),
    )
    path = tmp_path / "peine.osm"
    path.write_text(text, encoding="utf-8")
    return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> Output:
    capsys.readouterr()
    code = call([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_the_roads_are_stored_and_in_use(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = run(capsys, "network", "import", roads, "-w", space)
    path = space / "network" / "roads.gpkg"
    assert (code, out.splitlines()[-1]) == (0, str(path))
    network = load_network(path)
    assert (network.source.kind, network.source.date) == ("extract", "2026-11-01")
    assert (network.num_nodes, network.num_edges) == (2, 2)
    status = run(capsys, "network", "status", "-w", space)[1]
    assert "OpenStreetMap" in status
    assert "2 Knoten" in status


def test_what_is_missing_is_said(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = " ".join(run(capsys, "network", "import", roads, "-w", space)[1].split())
    *others, last = load_region(space / "district").municipalities.values()
    assert f": {last.name}" in out
    assert not [one.name for one in others if f", {one.name}" in out]
    assert "19,0 km, die für den Bus gesperrt sind" in out


def test_the_margin_decides_how_far_roads_are_taken(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    east = []
    for margin in ("0", "20"):
        assert run(capsys, "network", "import", roads, "-w", space, "--margin", margin)[0] == 0
        network = load_network(space / "network" / "roads.gpkg")
        east.append(float(network.node_lonlat[:, 0].max()))
    assert (east[0] < 10.46, east[1]) == (True, 10.55)


def test_the_margin_of_the_settings_holds_for_a_file_as_well(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with (space / "region.toml").open("a", encoding="utf-8") as file:
        file.write("\n[network]\nmargin_km = 20\nsurcharge_percent = 10\n")
    run(capsys, "network", "import", roads, "-w", space)
    network = load_network(space / "network" / "roads.gpkg")
    assert float(network.node_lonlat[:, 0].max()) == 10.55
    assert "10 % länger" in run(capsys, "network", "status", "-w", space)[1]


def test_a_damaged_file_leaves_the_roads_in_use(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "network", "import", roads, "-w", space)
    before = (space / "network" / "roads.gpkg").read_bytes()
    shutil.copyfile(roads, damaged := roads.with_name("damaged.osm.pbf"))
    code, out, err = run(capsys, "network", "import", damaged, "-w", space)
    assert (code, out) == (1, "")
    assert str(damaged) in err
    assert (space / "network" / "roads.gpkg").read_bytes() == before


def test_the_same_file_gives_the_same_bytes(
    space: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = space / "network" / "roads.gpkg"
    run(capsys, "network", "import", roads, "-w", space)
    first = path.read_bytes()
    run(capsys, "network", "import", roads, "-w", space)
    assert path.read_bytes() == first


def test_outside_a_workspace_there_is_nothing_to_import_to(
    tmp_path: Path, roads: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = run(capsys, "network", "import", roads, "-w", tmp_path)
    assert (code, "region.toml" in err) == (1, True)
