"""A district from nothing: found, made, its roads downloaded, its week planned."""

from __future__ import annotations

import errno
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import pytest
from musterland import DISTRICT_RELATION, hit, musterland
from osm_xml import xml_of
from overpass_server import HURRY, MapServer, serving

from geodata.language import set_language
from geodata.online.servers import Servers
from geodata.storage import load_network
from tours.__main__ import main
from tours.config import load_config
from tours.newdistrict import chosen_district
from tours.workspace import Workspace

NAME = "Landkreis Musterland"
CONTENT = {
    *("region.toml", "places.csv", "network/roads.gpkg"),
    *("district/municipalities.geojson", "district/stops.csv", "district/youth.csv"),
    *("district/ATTRIBUTION.md", "stock.csv", "partners.csv", "crew.csv"),
}
Run = Callable[..., tuple[int, str, str]]
ELEMENTS = musterland().elements


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module", autouse=True)
def hurried(cache: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        patch.setattr("geodata.online.servers.PATIENCE", HURRY)
        yield


@pytest.fixture(scope="module")
def made(
    hurried: None, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, tuple[int, str, str]]:
    """Return a workspace made from a server that is gone, and what was said."""
    folder = tmp_path_factory.mktemp("made") / "muster"
    with serving(MapServer(ELEMENTS, [hit()])) as state:
        return folder, call(*init_arguments(state, folder))


@pytest.fixture
def space(made: tuple[Path, tuple[int, str, str]], tmp_path: Path) -> Workspace:
    """Return a workspace to change at will."""
    return Workspace(Path(shutil.copytree(made[0], tmp_path / "muster")))


@pytest.fixture
def server() -> Iterator[MapServer]:
    with serving(MapServer(ELEMENTS, [hit()])) as state:
        yield state


@pytest.fixture
def init(server: MapServer, tmp_path: Path) -> Run:
    """Run ``tours init`` with the server of this test."""
    return lambda name=NAME: call(*init_arguments(server, tmp_path / "new", name))


def call(*arguments: str | Path) -> tuple[int, str, str]:
    """Run a command; return its exit code and what it says."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(["--lang", "de", *map(str, arguments)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
    return code, out.getvalue(), err.getvalue()


def init_arguments(server: MapServer, folder: Path, name: str = NAME) -> tuple[str | Path, ...]:
    asked = ("--server", f"{server.address}/api", "--nominatim", server.address)
    return ("init", name, folder, *asked)


def download(space: Workspace, server: MapServer, *more: str) -> tuple[int, str, str]:
    asked = ("--server", f"{server.address}/api", *more)
    return call("network", "download", "-w", space.folder, *asked)


def content(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}


def test_a_district_becomes_a_workspace_and_a_week(
    server: MapServer, init: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "new"
    code, out, err = init()
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == str(folder)
    assert content(folder) == CONTENT
    # The address of its server is in region.toml.
    assert call("network", "download", "-w", folder)[0] == 0
    code, _out, err = call("plan", "-w", folder, "--week", "2026-W48", "--no-outputs")
    assert (code, err) == (0, "")
    plan = json.loads((folder / "plans" / "2026-W48.json").read_text(encoding="utf-8"))
    assert plan["network"]["kind"] == "download"
    assert plan["network"]["date"] == "2026-11-15"
    assert sum(len(tour["stops"]) for tour in plan["tours"]) > 3
    assert plan["value"] == plan["bound"]


def test_a_file_makes_the_same_workspace_as_a_download(space: Workspace, tmp_path: Path) -> None:
    file, folder = tmp_path / "muster.osm", tmp_path / "from file"
    file.write_text(xml_of(ELEMENTS), encoding="utf-8")
    code, out, err = call("init", "Musterland", folder, "--file", file)
    assert (code, err, out.splitlines()[-1]) == (0, "", str(folder))
    assert content(folder) == CONTENT | {"network/walk.gpkg"}
    for name in CONTENT - {"network/roads.gpkg", "region.toml"}:
        assert (folder / name).read_bytes() == (space.folder / name).read_bytes(), name
    one, other = (load_network(f / "network" / "roads.gpkg") for f in (folder, space.folder))
    assert np.array_equal(one.edge_ms, other.edge_ms)
    assert np.array_equal(one.line_lonlat, other.line_lonlat)


def test_a_file_without_the_district_makes_no_folder(tmp_path: Path) -> None:
    file, folder = tmp_path / "muster.osm", tmp_path / "new"
    file.write_text(xml_of(ELEMENTS), encoding="utf-8")
    code, _out, err = call("init", "Landkreis Göttingen", folder, "--file", file)
    assert (code, err.count("\n"), folder.exists()) == (1, 1, False)
    assert "Landkreis Musterland (R906)" in err


def test_a_file_and_a_server_are_one_too_many(server: MapServer, tmp_path: Path) -> None:
    arguments = init_arguments(server, tmp_path / "new")
    code, _out, err = call(*arguments, "--file", tmp_path / "muster.osm")
    assert (code, err.count("\n"), server.asked) == (1, 1, [])
    assert "--file" in err


def test_the_district_is_what_the_map_says(space: Workspace) -> None:
    region = space.load_region()
    people = {m.ags: (m.name, m.population) for m in region.municipalities.values()}
    assert people == {
        "03999001": ("Musterstadt", 21_500),
        "03999002": ("Dorfheim", 4_000),
        "03999003": ("Inselhausen", 700),
        "03999004": ("Fernfeld", 900),
        "03999501": ("Forst (gemeindefreies Gebiet)", 0),
    }
    assert region.attribution == "© OpenStreetMap-Mitwirkende, ODbL; bearbeitet"


def test_young_people_are_neither_known_nor_estimated(
    space: Workspace, made: tuple[Path, tuple[int, str, str]]
) -> None:
    region = space.load_region()
    assert region.youth_share((14, 21)) is None
    assert region.estimated_youth("03999001", (14, 21)) is None
    assert "nicht geschätzt" in made[1][1]


def test_settings_of_a_new_district_are_assumed_and_say_so(space: Workspace) -> None:
    config = load_config(space.config_file, [])
    assert (config.state, config.district_key) == ("NI", "03999")
    assert config.district_name == NAME
    assert config.depots[0].name == "Musterstadt (Han)"
    assert len(config.afternoons) == 3
    lines = space.config_file.read_text(encoding="utf-8").splitlines()
    settings = [s for s in lines if re.match(r"(weekday|start|end|crew|ages|\w+_\w+) =", s)]
    silent = [s for s in settings if "angenommen" not in s]
    assert silent == [f'district_name = "{NAME}"']


def test_every_file_of_a_new_district_has_its_source_named(space: Workspace) -> None:
    credits = (space.folder / "district" / "ATTRIBUTION.md").read_text(encoding="utf-8")
    named = {Path(name).name for name in CONTENT - {"network/roads.gpkg"}} - {"ATTRIBUTION.md"}
    assert {name for name in named if f"`{name}`" not in credits} == set()
    assert "Stand 2026-11-15" in credits


def test_the_margin_can_be_set(space: Workspace, server: MapServer) -> None:
    wide = load_network(space.network_file).num_nodes
    download(space, server, "--margin", "0")
    narrow = load_network(space.network_file).num_nodes
    text = space.config_file.read_text(encoding="utf-8")
    space.config_file.write_text(f"{text}margin_km = 3\n", encoding="utf-8")
    download(space, server)
    assert narrow < load_network(space.network_file).num_nodes < wide


def test_places_without_a_road_are_not_proposed(space: Workspace) -> None:
    text = space.places_file.read_text(encoding="utf-8")
    assert "Skatepark" in text
    assert "Waldbad" not in text


def test_nothing_is_kept_of_a_finished_download(
    space: Workspace, server: MapServer, cache: Path
) -> None:
    assert download(space, server)[0] == 0
    assert list((cache / "outreach-tours").rglob("*.json")) == []


def test_an_old_network_stays_when_a_download_fails(space: Workspace, server: MapServer) -> None:
    before = space.network_file.read_bytes()
    server.faults = ["504*"]
    code, _out, err = download(space, server)
    assert (code, err.count("\n")) == (1, 1)
    assert "504" in err
    assert space.network_file.read_bytes() == before


def test_an_old_network_stays_when_the_disk_is_full(
    space: Workspace, server: MapServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_options: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = space.network_file.read_bytes()
    monkeypatch.setattr("geodata.storage.write_layers", full)
    code, _out, err = download(space, server)
    assert (code, err.count("\n")) == (1, 1)
    assert "Datenträger ist voll" in err
    assert space.network_file.read_bytes() == before


def test_without_roads_the_rest_is_made(init: Run, server: MapServer, tmp_path: Path) -> None:
    # Two questions for the district, the third is for roads.
    server.faults = ["", "", "504*"]
    code, out, err = init()
    assert code == 1
    assert content(tmp_path / "new") == CONTENT - {"network/roads.gpkg"}
    assert "504" in err
    assert "tours network download -w" in err
    assert out.splitlines()[-1] == str(tmp_path / "new")


@pytest.mark.parametrize("fault", ["504*", "400*", "empty*", "not osm*"])
def test_a_district_that_does_not_come_leaves_nothing(
    fault: str, init: Run, server: MapServer, tmp_path: Path
) -> None:
    server.faults = [fault]
    code, out, err = init()
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_use_is_not_asked_for(init: Run, server: MapServer, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "mine").write_text("")
    assert init()[0] == 1
    assert server.searched == []


def test_an_unknown_district_is_named(init: Run) -> None:
    code, _out, err = init("Landkreis Atlantis")
    assert code == 1
    assert "Landkreis Atlantis" in err


def test_of_several_districts_a_number_chooses(init: Run, server: MapServer) -> None:
    server.places = [hit(), hit("Kreis Musterland", osm_id=77)]
    code, _out, err = init("Musterland")
    assert code == 1
    assert f"(R{DISTRICT_RELATION})" in err
    assert "(R77)" in err


def test_a_number_gives_a_folder_of_the_districts_name(
    server: MapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ("--server", f"{server.address}/api/", "--nominatim", server.address)
    code, out, _err = call("init", f"R{DISTRICT_RELATION}", *asked)
    assert (code, out.splitlines()[-1]) == (0, "landkreis-musterland")


def test_a_misspelt_name_is_told_what_is_built_in(init: Run) -> None:
    assert "northeim" in init("nordheim")[2]


def test_the_exact_name_comes_before_others(server: MapServer) -> None:
    server.places = [hit("Landkreis Musterland-Nord", osm_id=77), hit()]
    found = chosen_district("landkreis musterland", Servers(nominatim=server.address))
    assert found.relation == DISTRICT_RELATION


def test_gaps_between_municipalities_are_said(init: Run, server: MapServer) -> None:
    server.elements = [e for e in ELEMENTS if (e["type"], e["id"]) != ("relation", 905)]
    assert "90 %" in init()[1]


def test_a_name_that_means_harm_does_none(init: Run, server: MapServer, tmp_path: Path) -> None:
    server.places = [hit('A"\n[depot]\n# </script>${state}', osm_id=5)]
    assert init("R5")[0] == 0
    config = load_config(tmp_path / "new" / "region.toml", [])
    assert config.district_name == 'A" [depot] # </script>${state}'


def test_a_server_that_is_none_is_refused(tmp_path: Path) -> None:
    code, _out, err = call("init", NAME, tmp_path / "new", "--server", "overpass")
    assert code == 1
    assert "overpass" in err


@pytest.mark.parametrize("line", ['overpass = ["x"]', 'nominatim = "x"', "margin_km = 51", "a = 1"])
def test_faults_of_the_part_network_are_said(line: str, space: Workspace) -> None:
    text = space.config_file.read_text(encoding="utf-8").split("[network]")[0]
    space.config_file.write_text(f"{text}[network]\n{line}\n", encoding="utf-8")
    number = len(text.splitlines()) + 2
    for command in (["places", "check"], ["network", "download"]):
        code, _out, err = call(*command, "-w", space.folder)
        assert code == 1
        assert f"region.toml, Zeile {number}, Spalte 1" in err


def test_places_are_looked_for_online(space: Workspace, server: MapServer, cache: Path) -> None:
    lines = space.places_file.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "Skatepark" not in line]
    space.places_file.write_text("".join(kept), encoding="utf-8")
    asked = ("--online", "--server", f"{server.address}/api")
    code, out, err = call("places", "discover", "-w", space.folder, *asked)
    assert (code, err) == (0, "")
    assert "Neue Vorschläge aus OpenStreetMap, Stand 2026-11-15: 1 (Skatepark 1)." in out
    assert "Skatepark" in space.proposals_file.read_text(encoding="utf-8")
    assert list((cache / "outreach-tours").rglob("*.json")) == []


def test_nothing_is_proposed_when_no_server_answers(space: Workspace, server: MapServer) -> None:
    server.faults = ["504*"]
    asked = ("--online", "--server", f"{server.address}/api")
    code, _out, err = call("places", "discover", "-w", space.folder, *asked)
    assert (code, err.count("\n")) == (1, 1)
    assert "504" in err
    assert not space.proposals_file.exists()
