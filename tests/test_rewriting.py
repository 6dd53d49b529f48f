"""What somebody writes into a list while a command works is not lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from geodata.errors import PlacesError
from geodata.features import Feature
from geodata.language import set_language
from tours.__main__ import main
from tours.cli import discover as cli_discover
from tours.cli import placesfile as cli_placesfile
from tours.district import District
from tours.newworkspace import make_workspace
from tours.places.rewriting import rewritten
from tours.workspace import Workspace

COLLEAGUE = ("add", "Neuer Platz", "--kind", "square", "--lon", "10.2345", "--lat", "52.32")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return make_workspace("peine", tmp_path / "peine")


def call(space: Workspace, *arguments: str) -> int:
    try:
        main(["--lang", "de", "places", *arguments, "-w", str(space.folder)])
    except SystemExit as ending:
        return int(ending.code or 0)
    finally:
        set_language("de")
    return 0


def test_an_import_leaves_the_place_of_a_colleague(
    space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = space.places_file.read_text(encoding="utf-8")
    edited = tmp_path / "edited.csv"
    edited.write_text(raw.replace("Abbensen, Bücherei", "Abbensen, Haus", 1), encoding="utf-8")

    def agrees(_question: str) -> bool:
        return call(space, *COLLEAGUE) == 0

    monkeypatch.setattr(cli_placesfile, "agrees", agrees)
    assert call(space, "import", str(edited)) == 1
    after = space.places_file.read_text(encoding="utf-8")
    assert after.startswith(raw)
    assert "Neuer Platz" in after


def test_discover_keeps_a_decision_that_is_typed_meanwhile(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call(space, "discover") == 0
    path = space.proposals_file
    look = cli_discover._found

    def found(
        space: Workspace, district: District, file: Path | None, online: bool, server: Sequence[str]
    ) -> tuple[tuple[Feature, ...], str]:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join([lines[0], "no" + lines[1], *lines[2:]]), encoding="utf-8")
        return look(space, district, file, online, server)

    monkeypatch.setattr(cli_discover, "_found", found)
    assert call(space, "discover") == 0
    assert path.read_text(encoding="utf-8").splitlines()[1].startswith("no,")


def test_a_list_that_changes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"a")
    typed = [b"ab"]

    def made() -> tuple[dict[Path, bytes], int]:
        text = path.read_bytes()
        if typed:
            path.write_bytes(typed.pop())
        return {path: text + b"!"}, len(text)

    assert rewritten([path], made) == 2
    assert path.read_bytes() == b"ab!"


def test_a_list_that_changes_all_the_time_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "list"

    def made() -> tuple[dict[Path, bytes], None]:
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"a")
        return {path: b"lost"}, None

    with pytest.raises(PlacesError, match="inzwischen"):
        rewritten([path], made)
    assert set(path.read_bytes()) == set(b"a")
