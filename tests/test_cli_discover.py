"""Looking for places and deciding about them, as a person does it."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from small_osm import osm

from geodata.language import set_language
from tours.__main__ import main
from tours.newworkspace import make_workspace
from tours.workspace import Workspace

# In Peine, where no place of the list is.
RAMP = (10.235, 52.29)
YOUTH = (10.24, 52.29)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return make_workspace("peine", tmp_path / "peine")


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with two proposals, and the file they come from; to be copied."""
    folder = tmp_path_factory.mktemp("looked")
    path = folder / "small.osm"
    tags = {
        "a": {"leisure": "skatepark", "name": "Rampe <b>"},
        "b": {"amenity": "youth_centre", "name": "Haus"},
    }
    path.write_text(osm([], node_tags=tags, lonlat={"a": RAMP, "b": YOUTH}), encoding="utf-8")
    assert discover(make_workspace("peine", folder / "peine"), path)[0] == 0
    return folder


@pytest.fixture
def extract(looked: Path) -> Path:
    return looked / "small.osm"


@pytest.fixture
def after(looked: Path, tmp_path: Path) -> Workspace:
    """Return a workspace with two proposals, to change at will."""
    return Workspace(Path(shutil.copytree(looked / "peine", tmp_path / "after")))


def call(space: Workspace, *arguments: str | Path) -> tuple[int, str, str]:
    """Run a command about places; return its exit code and what it says."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main(["--lang", "de", "places", *map(str, arguments), "-w", str(space.folder)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
    return code, out.getvalue(), err.getvalue()


def discover(space: Workspace, extract: Path, *more: str) -> tuple[int, str, str]:
    return call(space, "discover", "--from", extract, "--kind", "skate_park", "--kind",
                "Jugendzentrum", *more)  # fmt: skip


def proposals(space: Workspace) -> list[str]:
    return space.proposals_file.read_text(encoding="utf-8").splitlines()


def ids(space: Workspace) -> Iterator[str]:
    return (line.split(",")[1] for line in proposals(space)[1:])


def test_places_are_proposed_and_the_list_stays(space: Workspace, extract: Path) -> None:
    before = space.places_file.read_bytes()
    code, out, err = discover(space, extract)
    assert (code, err) == (0, "")
    assert "Neue Vorschläge aus small.osm: 2 (Jugendzentrum 1, Skatepark 1)." in out
    assert out.splitlines()[-2:] == [
        str(space.folder / "out" / "proposals.html"),
        str(space.proposals_file),
    ]
    assert sum("OpenStreetMap n97" in line for line in proposals(space)) == 1
    assert space.places_file.read_bytes() == before


def test_without_a_file_the_stops_are_looked_through(space: Workspace) -> None:
    code, out, _err = call(space, "discover")
    assert code == 0
    assert "Haltestellen verraten wenig" in out
    assert len(proposals(space)) > 20


def test_looking_twice_finds_nothing_new(after: Workspace, extract: Path) -> None:
    before = after.proposals_file.read_bytes()
    page = (after.folder / "out" / "proposals.html").read_bytes()
    code, out, _err = discover(after, extract)
    assert (code, after.proposals_file.read_bytes()) == (0, before)
    assert (after.folder / "out" / "proposals.html").read_bytes() == page
    assert "Nichts Neues" in out


def test_what_a_person_typed_is_kept(after: Workspace, extract: Path) -> None:
    text = after.proposals_file.read_text(encoding="utf-8")
    changed = text.replace("\n,", "\nnein,").replace("Rampe <b>", "Halfpipe")
    after.proposals_file.write_text(changed, encoding="utf-8")
    discover(after, extract)
    assert after.proposals_file.read_text(encoding="utf-8") == changed


def test_open_proposals_can_be_looked_for_afresh(after: Workspace, extract: Path) -> None:
    before = proposals(after)
    text = after.proposals_file.read_text(encoding="utf-8")
    after.proposals_file.write_text(text.replace("Haus", "Hütte"), encoding="utf-8")
    discover(after, extract, "--afresh")
    assert proposals(after) == before


def test_marked_proposals_become_places(after: Workspace) -> None:
    places = after.places_file.read_text(encoding="utf-8")
    text = after.proposals_file.read_text(encoding="utf-8")
    after.proposals_file.write_text(text.replace("\n,", "\nja,", 1), encoding="utf-8")
    code, out, err = call(after, "accept")
    assert (code, err) == (0, "")
    assert "1 übernommen" in out
    grown = after.places_file.read_text(encoding="utf-8")
    assert grown.startswith(places)
    assert len(grown.splitlines()) == len(places.splitlines()) + 1
    assert call(after, "check")[0] == 0


def test_refused_proposals_do_not_come_back(after: Workspace, extract: Path) -> None:
    code, out, _err = call(after, "refuse", next(ids(after)))
    assert code == 0
    assert "1 abgelehnt" in out
    discover(after, extract, "--afresh")
    assert [line.partition(",")[0] for line in proposals(after)[1:]] == ["no", ""]


def test_a_place_is_added_by_hand(space: Workspace) -> None:
    before = space.places_file.read_text(encoding="utf-8")
    position = ("--lon", "10.235", "--lat", "52.29")
    code, out, err = call(space, "add", "Peine, Rampe", "--kind", "skate_park", *position)
    assert (code, err) == (0, "")
    assert "peine-rampe" in out
    after = space.places_file.read_text(encoding="utf-8")
    assert after.startswith(before)
    assert after.removeprefix(before).startswith('peine-rampe,"Peine, Rampe",skate_park,10.235')


def test_places_go_to_a_map_program_and_back(space: Workspace, tmp_path: Path) -> None:
    before = space.places_file.read_bytes()
    path = tmp_path / "edited.geojson"
    assert call(space, "export", path)[1].splitlines()[-1] == str(path)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"status": "active"', '"status": "resting"', 1), encoding="utf-8")
    code, out, err = call(space, "import", path, "--yes")
    assert (code, err) == (0, "")
    assert "status: „active“ wird „resting“" in out
    assert space.places_file.read_bytes() == before.replace(b",active,", b",resting,", 1)


def test_the_list_is_not_overwritten_by_an_export(space: Workspace) -> None:
    code, _out, err = call(space, "export", space.places_file)
    assert code == 1
    assert "nicht überschrieben" in err


def test_the_rules_are_printed(space: Workspace) -> None:
    code, out, _err = call(space, "discover", "--rules")
    assert code == 0
    assert "amenity=youth_centre" in out
    assert "Mo-Fr 12:00-16:30" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("discover", "--from", "x.osm", "--online"), "--from: Eine Datei und ein Server"),
        (("discover", "--kind", "hut"), "„hut“ ist unbekannt. Möglich sind: Bahnhof, Bush"),
        (("discover", "--from", "nowhere.osm"), "nowhere.osm: Diese Datei gibt es nicht"),
        (("accept",), "Bisher ist nichts vorgeschlagen"),
    ],
)
def test_faults_are_said_in_a_sentence(
    arguments: tuple[str, ...], said: str, space: Workspace
) -> None:
    code, out, err = call(space, *arguments)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert said in err
    assert not space.proposals_file.exists()
