"""What a workspace can hold is told of, and is nobody else's where it tells of visits."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from small_visits import visit

from tours.newworkspace import make_workspace
from tours.privacy.holdings import KNOWN, OUTPUTS, holdings, strangers
from tours.privacy.legalbasis import legal_basis
from tours.privacy.settings import PrivacySettings
from tours.visits.visit import Journal
from tours.workspace import Workspace

NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)


def files_of(space: Workspace) -> set[Path]:
    """Return all that the workspace has a name for: files, and folders of files by week."""
    names = {name for name, one in vars(Workspace).items() if isinstance(one, property)}
    paths = {
        value for name in names - {"shown"} if isinstance(value := getattr(space, name), Path)
    } | {
        space.visit_log.path,
        space.plan_file("2026-W48"),
        space.out_folder("2026-W48"),
    }
    return {
        space.folder / path.relative_to(space.folder).parts[0]
        for path in (*paths, space.frozen_file("2026-Q3"))
    }


def test_every_file_that_a_workspace_can_hold_has_an_entry(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    possible = files_of(space) | {space.folder / name for name in KNOWN}
    for path in possible:
        if not path.exists():
            path.write_text("", encoding="utf-8")
    told = {path for one in holdings(space, PrivacySettings(), Journal(), 0) for path in one.where}
    assert possible <= told


@pytest.mark.skipif(os.name != "posix", reason="only there files have such rights")
def test_the_visit_log_and_its_copies_are_nobody_elses(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    place = space.load_district().places[0].id
    space.visit_log.add(lambda _entries: [visit(place)], now=NOW)
    files = [space.visit_log.path, *(space.folder / "backups").iterdir()]
    assert [(path.name, path.stat().st_mode & 0o077) for path in files] == [
        (path.name, 0) for path in files
    ]


def test_a_link_that_leads_nowhere_is_passed_over(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    (space.folder / "plans").mkdir()
    for name in ("circle.json", "gone.json"):
        (space.folder / "plans" / name).symlink_to("circle.json")
    assert holdings(space, PrivacySettings(), Journal(), 0)


def test_every_entry_names_provisions_that_are_explained(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    for name in KNOWN:
        if not (space.folder / name).exists():
            (space.folder / name).write_text("", encoding="utf-8")
    known = {name for name, _about in legal_basis()}
    found = {one.key: one.basis for one in holdings(space, PrivacySettings(), Journal(), 0)}
    assert {name for basis in found.values() for name in basis} <= known
    # Whatever tells of a person stands on something.
    assert [key for key in ("visits", "appointments", "crew", "partners") if not found[key]] == []


def test_no_one_is_said_to_be_in_the_log_of_the_stock(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    (stock,) = [
        one for one in holdings(space, PrivacySettings(), Journal(), 0) if one.key == "stock"
    ]
    assert "nicht von wem" in stock.what


@pytest.mark.parametrize(
    "name", ["hotspots.html", "reach.geojson", "visits 2026.xlsx", "2026-W48 alt", "coverage"]
)
def test_what_the_program_writes_is_not_strange(name: str) -> None:
    assert OUTPUTS.fullmatch(name)


def test_a_strange_file_among_the_outputs_is_named(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    path = space.folder / "out" / "Klienten.xlsx"
    path.parent.mkdir()
    path.write_text("x")
    assert strangers(space) == (path,)


@pytest.mark.skipif(os.name != "posix", reason="only there files have such rights")
def test_a_folder_is_read_by_whoever_may_read_its_files(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    place = space.load_district().places[0].id
    space.visit_log.add(lambda _entries: [visit(place)], now=NOW)
    (space.folder / "backups").chmod(0o755)
    found = {one.key: one for one in holdings(space, PrivacySettings(), Journal(), 0)}
    assert found["copies"].readers == ("owner",)
