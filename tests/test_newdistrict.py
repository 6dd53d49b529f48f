"""A district from nothing: found, made, its roads downloaded, its week planned."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from musterland import DISTRICT_RELATION, Element, hit, musterland
from overpass_server import HURRY, MapServer, serving

from geodata.language import set_language
from geodata.storage import load_network
from tours.__main__ import main
from tours.config import load_config
from tours.workspace import open_workspace

NAME = "Landkreis Musterland"
CONTENT = {
    *("region.toml", "places.csv", "network/roads.gpkg"),
    *("district/municipalities.geojson", "district/stops.csv", "district/youth.csv"),
    "district/ATTRIBUTION.md",
}
Run = Callable[..., tuple[int, str, str]]
ELEMENTS = musterland().elements


@pytest.fixture(autouse=True)
def hurried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("geodata.online.servers.PATIENCE", HURRY)


@pytest.fixture
def server() -> Iterator[MapServer]:
    with serving(MapServer(ELEMENTS, [hit()])) as state:
        yield state


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = 0
        try:
            main(["--lang", "de", *map(str, arguments)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_


@pytest.fixture
def init(server: MapServer, run: Run, tmp_path: Path) -> Run:
    """Run ``tours init`` with the server of this test."""

    def init_(name: str = NAME) -> tuple[int, str, str]:
        address = server.address
        asked = ("--server", f"{address}/api", "--nominatim", address)
        return run("init", name, tmp_path / "muster", *asked)

    return init_


def content(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def without(*numbers: int) -> list[Element]:
    return [e for e in ELEMENTS if e["type"] != "relation" or e["id"] not in numbers]


def test_a_district_becomes_a_workspace_and_a_week(init: Run, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "muster"
    code, out, err = init()
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == str(folder)
    assert content(folder) == CONTENT
    assert run("network", "download", "-w", folder)[0] == 0
    code, _out, err = run("plan", "-w", folder, "--week", "2026-W48", "--no-outputs")
    assert (code, err) == (0, "")
    plan = json.loads((folder / "plans" / "2026-W48.json").read_text(encoding="utf-8"))
    assert plan["network"]["kind"] == "download"
    assert plan["network"]["date"] == "2026-11-15"
    assert sum(len(tour["stops"]) for tour in plan["tours"]) > 3
    assert plan["value"] == plan["bound"]


def test_the_district_is_what_the_map_says(init: Run, tmp_path: Path) -> None:
    init()
    region = open_workspace(tmp_path / "muster").load_region()
    people = {m.ags: (m.name, m.population) for m in region.municipalities.values()}
    assert people == {
        "03999001": ("Musterstadt", 21_500),
        "03999002": ("Dorfheim", 4_000),
        "03999003": ("Inselhausen", 700),
        "03999004": ("Fernfeld", 900),
        "03999501": ("Forst (gemeindefreies Gebiet)", 0),
    }
    assert region.attribution == "© OpenStreetMap-Mitwirkende, ODbL; bearbeitet"


def test_young_people_are_neither_known_nor_estimated(init: Run, tmp_path: Path) -> None:
    _code, out, _err = init()
    region = open_workspace(tmp_path / "muster").load_region()
    assert region.youth_share((14, 21)) is None
    assert region.estimated_youth("03999001", (14, 21)) is None
    assert "nicht geschätzt" in out


def test_settings_of_a_new_district_are_assumed_and_say_so(init: Run, tmp_path: Path) -> None:
    init()
    folder = tmp_path / "muster"
    config = load_config(folder / "region.toml", [])
    assert (config.state, config.district_key) == ("NI", "03999")
    assert config.district_name == NAME
    assert config.depots[0].name == "Musterstadt (Han)"
    assert len(config.afternoons) == 3
    lines = (folder / "region.toml").read_text(encoding="utf-8").splitlines()
    settings = [
        line for line in lines if re.match(r"(weekday|start|end|crew|ages|\w+_\w+) =", line)
    ]
    known = ("district_name",)
    silent = [s for s in settings if "angenommen" not in s and not s.startswith(known)]
    assert silent == []


def test_own_servers_are_written_down_and_asked_again(
    init: Run, run: Run, server: MapServer, tmp_path: Path
) -> None:
    init()
    server.asked.clear()
    assert run("network", "download", "-w", tmp_path / "muster")[0] == 0
    assert server.asked


def test_the_margin_can_be_set(init: Run, run: Run, tmp_path: Path) -> None:
    init()
    space = open_workspace(tmp_path / "muster")
    wide = load_network(space.network_file).num_nodes
    run("network", "download", "-w", space.folder, "--margin", "0")
    narrow = load_network(space.network_file).num_nodes
    text = space.config_file.read_text(encoding="utf-8")
    space.config_file.write_text(f"{text}margin_km = 3\n", encoding="utf-8")
    run("network", "download", "-w", space.folder)
    assert narrow < load_network(space.network_file).num_nodes < wide


def test_places_without_a_road_are_not_proposed(init: Run, tmp_path: Path) -> None:
    init()
    text = (tmp_path / "muster" / "places.csv").read_text(encoding="utf-8")
    assert "Skatepark" in text
    assert "Waldbad" not in text


def test_nothing_is_kept_of_a_finished_download(init: Run, tmp_path: Path) -> None:
    assert init()[0] == 0
    assert list((tmp_path / "cache").rglob("*.json")) == []


def test_an_old_network_stays_when_a_download_fails(
    init: Run, run: Run, server: MapServer, tmp_path: Path
) -> None:
    init()
    space = open_workspace(tmp_path / "muster")
    before = space.network_file.read_bytes()
    server.faults = ["504*"]
    code, _out, err = run("network", "download", "-w", space.folder)
    assert (code, err.count("\n")) == (1, 1)
    assert "504" in err
    assert space.network_file.read_bytes() == before


def test_without_roads_the_rest_is_made(init: Run, server: MapServer, tmp_path: Path) -> None:
    # Two questions for the district, the third is for roads.
    server.faults = ["", "", "504*"]
    code, out, err = init()
    assert code == 1
    assert content(tmp_path / "muster") == CONTENT - {"network/roads.gpkg"}
    assert "504" in err
    assert "tours network download -w" in err
    assert out.splitlines()[-1] == str(tmp_path / "muster")


@pytest.mark.parametrize("fault", ["504*", "400*", "empty*", "not osm*"])
def test_a_district_that_does_not_come_leaves_nothing(
    fault: str, init: Run, server: MapServer, tmp_path: Path
) -> None:
    server.faults = [fault]
    code, out, err = init()
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert not (tmp_path / "muster").exists()


def test_a_folder_in_use_is_not_asked_for(init: Run, server: MapServer, tmp_path: Path) -> None:
    (tmp_path / "muster").mkdir()
    (tmp_path / "muster" / "mine").write_text("")
    assert init()[0] == 1
    assert server.searched == []


def test_an_unknown_district_is_named(init: Run, server: MapServer) -> None:
    code, _out, err = init("Landkreis Atlantis")
    assert code == 1
    assert "Landkreis Atlantis" in err


def test_of_several_districts_a_number_chooses(init: Run, server: MapServer) -> None:
    server.places = [hit(), hit("Kreis Musterland", osm_id=77)]
    code, _out, err = init("Musterland")
    assert code == 1
    assert f"(R{DISTRICT_RELATION})" in err
    assert "(R77)" in err
    assert init(f"R{DISTRICT_RELATION}")[0] == 0


def test_the_exact_name_comes_before_others(init: Run, server: MapServer) -> None:
    server.places = [hit("Landkreis Musterland-Nord", osm_id=77), hit()]
    code, out, _err = init("landkreis musterland")
    assert code == 0
    assert out.startswith("Landkreis Musterland: 5 ")


def test_gaps_between_municipalities_are_said(init: Run, server: MapServer) -> None:
    server.elements = without(905)
    _code, out, _err = init()
    assert "90 %" in out


def test_a_name_that_means_harm_does_none(init: Run, server: MapServer, tmp_path: Path) -> None:
    evil = 'A"\n[depot]\n# </script>${state}'
    server.places = [hit(evil, osm_id=5)]
    assert init("R5")[0] == 0
    config = load_config(tmp_path / "muster" / "region.toml", [])
    assert config.district_name == 'A" [depot] # </script>${state}'


def test_a_server_that_is_none_is_refused(run: Run, tmp_path: Path) -> None:
    code, _out, err = run("init", NAME, tmp_path / "muster", "--server", "overpass")
    assert code == 1
    assert "overpass" in err


@pytest.mark.parametrize("line", ['overpass = ["x"]', 'nominatim = "x"', "margin_km = 51", "a = 1"])
def test_faults_of_the_part_network_are_said(
    line: str, init: Run, run: Run, tmp_path: Path
) -> None:
    init()
    path = tmp_path / "muster" / "region.toml"
    text = path.read_text(encoding="utf-8").split("[network]")[0]
    path.write_text(f"{text}[network]\n{line}\n", encoding="utf-8")
    number = len(path.read_text(encoding="utf-8").splitlines())
    for command in (["places", "check"], ["network", "download"]):
        code, _out, err = run(*command, "-w", tmp_path / "muster")
        assert code == 1
        assert f"region.toml, Zeile {number}, Spalte 1" in err
