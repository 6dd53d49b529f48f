"""A workspace is made whole or not at all, and files are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from geodata.errors import NetworkError, OutreachError, RegionError
from geodata.network import RoadNetwork
from geodata.region import BUILT_IN
from geodata.storage import save_network
from tours.errors import PlanError, WorkspaceError
from tours.leftout import Overdue
from tours.newworkspace import find_workspace, make_workspace
from tours.plan import Plan, render_plan
from tours.workspace import Workspace, open_workspace
from tours.writing import write_files

CONTENT = {
    *("region.toml", "places.csv", "stock.csv", "partners.csv", "crew.csv"),
    "district",
    "district/municipalities.geojson",
    "district/stops.csv",
    "district/youth.csv",
    "district/ATTRIBUTION.md",
}


def content(folder: Path) -> dict[str, bytes | None]:
    """Return everything under a folder, hidden files too; None for a folder."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in folder.rglob("*")
    }


def write_faults(contents: Mapping[Path, bytes]) -> str:
    with pytest.raises(WorkspaceError) as caught:
        write_files(contents)
    return caught.value.faults[0].where


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_new_workspace_can_be_read(name: str, tmp_path: Path) -> None:
    space = make_workspace(name, tmp_path / "team")
    assert content(space.folder).keys() == CONTENT
    district = open_workspace(space.folder).load_district()
    assert {place.ags for place in district.places} <= district.region.municipalities.keys()


def test_folders_above_a_workspace_are_made(tmp_path: Path) -> None:
    make_workspace("peine", tmp_path / "a" / "b" / "team")
    assert content(tmp_path / "a" / "b").keys() == {"team"} | {f"team/{name}" for name in CONTENT}


def test_an_empty_folder_becomes_a_workspace(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    make_workspace("peine", folder)
    assert content(tmp_path).keys() == {"team"} | {f"team/{name}" for name in CONTENT}


def test_the_folder_one_stands_in_becomes_a_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make_workspace("peine", Path())
    # A folder put in the place of the old one would be another one to whoever stands in it.
    assert {path.name for path in Path().iterdir()} == {name.partition("/")[0] for name in CONTENT}


def test_a_link_to_an_empty_folder_becomes_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    make_workspace("peine", tmp_path / "link")
    assert content(tmp_path / "real").keys() == CONTENT


@pytest.mark.parametrize("name", ["notes.txt", ".hidden", "region.toml"])
def test_a_folder_that_holds_something_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(WorkspaceError):
        make_workspace("peine", tmp_path)
    assert content(tmp_path) == {name: b"mine"}


def test_a_file_of_the_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "team").write_text("mine")
    with pytest.raises(WorkspaceError):
        make_workspace("peine", tmp_path / "team")
    assert content(tmp_path) == {"team": b"mine"}


def test_a_file_in_the_way_of_the_folder_above_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "way").write_text("mine")
    with pytest.raises(WorkspaceError):
        make_workspace("peine", tmp_path / "way" / "team")
    assert content(tmp_path) == {"way": b"mine"}


def test_a_name_too_long_for_a_folder_is_a_fault_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        make_workspace("peine", tmp_path / ("n" * 300))
    assert content(tmp_path) == {}


@pytest.mark.skipif(os.geteuid() == 0, reason="permissions do not bind root")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(WorkspaceError):
            make_workspace("peine", tmp_path / "team")
    finally:
        tmp_path.chmod(0o700)
    assert content(tmp_path) == {}


def test_an_unknown_region_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(RegionError):
        make_workspace("atlantis", tmp_path / "team")
    assert content(tmp_path) == {}


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        open_workspace(tmp_path)


def test_a_region_is_made_once_and_then_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    made = find_workspace("peine", None)
    made.config_file.write_text("edited")
    assert find_workspace("peine", None).config_file.read_text() == "edited"


def test_a_name_that_is_neither_region_nor_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(WorkspaceError):
        find_workspace("atlantis", None)


@pytest.mark.parametrize("name", ["region.toml", "places.csv", "district/stops.csv"])
def test_a_workspace_that_lost_a_file_says_so(name: str, tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "team")
    (space.folder / name).unlink()
    with pytest.raises(OutreachError) as caught:
        space.load_district()
    assert caught.value.faults[0].where == str(space.folder / name)


def test_files_are_written_with_the_folders_above(tmp_path: Path) -> None:
    write_files({tmp_path / "out" / "a": b"1", tmp_path / "out" / "2026" / "b": b"2"})
    assert content(tmp_path) == {"out": None, "out/a": b"1", "out/2026": None, "out/2026/b": b"2"}


def test_files_are_replaced(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    write_files({tmp_path / "a": b"new"})
    assert content(tmp_path) == {"a": b"new"}


def test_a_file_may_have_a_name_as_long_as_the_disk_allows(tmp_path: Path) -> None:
    write_files({tmp_path / ("n" * 250): b"1"})
    assert content(tmp_path) == {"n" * 250: b"1"}


@pytest.mark.parametrize("order", [("a", "b", "c"), ("a", "c", "b"), ("b", "a", "c")])
def test_a_folder_in_the_way_of_one_file_changes_none(
    order: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").mkdir()
    before = content(tmp_path)
    where = write_faults({tmp_path / name: b"new" for name in order})
    assert where == str(tmp_path / "b")
    assert content(tmp_path) == before


def test_a_file_in_the_way_of_a_folder_changes_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "way").write_bytes(b"mine")
    before = content(tmp_path)
    write_faults({tmp_path / "a": b"new", tmp_path / "way" / "b": b"new"})
    assert content(tmp_path) == before


def test_a_name_too_long_for_the_disk_changes_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    before = content(tmp_path)
    write_faults({tmp_path / "a": b"new", tmp_path / ("n" * 300): b"new"})
    assert content(tmp_path) == before


def test_weeks_are_those_that_have_a_plan(tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    names = ["2027-W01", "2026-W48", "2026-W47"]
    write_files({space.plan_file(name): b"" for name in names})
    strange = ["notes.txt", "2026-W48.json.bak", "copy of 2026-W48.json", "2026-W5.json"]
    strange += ["2026-W60.json", ".2026-W46.json-x1", "x.json"]
    write_files({tmp_path / "plans" / name: b"" for name in strange})
    (tmp_path / "plans" / "2026-W45.json").mkdir()
    assert space.weeks() == ["2026-W47", "2026-W48", "2027-W01"]


def test_without_plans_there_are_no_weeks(tmp_path: Path) -> None:
    assert Workspace(tmp_path).weeks() == []


def test_earlier_plans_are_those_before_the_week_oldest_first(plan: Plan, tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    plans = [replace(plan, week=week) for week in ("2027-W02", "2026-W53", "2027-W01", "2026-W47")]
    write_files({space.plan_file(p.week): render_plan(p).encode() for p in plans})
    found = [earlier.week for earlier in space.earlier_plans("2027-W01", 99)]
    assert found == ["2026-W47", "2026-W53"]


def test_of_older_plans_the_first_and_the_last_are_read(plan: Plan, tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    plans = [replace(plan, week=week) for week in ("2026-W30", "2026-W40", "2026-W47")]
    write_files({space.plan_file(p.week): render_plan(p).encode() for p in plans})
    found = [[p.week for p in space.earlier_plans(w, 4)] for w in ("2026-W48", "2026-W47")]
    assert found == [["2026-W30", "2026-W47"], ["2026-W30", "2026-W40"]]


def read_back(space: Workspace, plans: Sequence[Plan], week: str, weeks_back: int) -> list[str]:
    write_files({space.plan_file(p.week): render_plan(p).encode() for p in plans})
    return [earlier.week for earlier in space.earlier_plans(week, weeks_back)]


def test_after_a_pause_plans_are_read_back_from_the_last_one(plan: Plan, tmp_path: Path) -> None:
    plans = [replace(plan, week=week) for week in ("2026-W10", "2026-W28", "2026-W29", "2026-W30")]
    found = read_back(Workspace(tmp_path), plans, "2026-W48", 2)
    assert found == ["2026-W10", "2026-W28", "2026-W29", "2026-W30"]


def test_plans_are_read_back_to_the_last_visit_of_what_is_overdue(
    plan: Plan, tmp_path: Path
) -> None:
    # The only stop of the plan is in Ostdorf.
    east = plan.tours[0].stops[0].ags
    elsewhere = replace(plan, tours=(), overdue=(Overdue(east, "Ostdorf", 9, "no_time"),))
    plans = [replace(plan, week=week) for week in ("2026-W10", "2026-W30", "2026-W31")]
    plans += [replace(elsewhere, week=week) for week in ("2026-W32", "2026-W40", "2026-W47")]
    found = read_back(Workspace(tmp_path), plans, "2026-W48", 2)
    assert found == ["2026-W10", "2026-W31", "2026-W32", "2026-W40", "2026-W47"]


def test_what_was_visited_since_it_was_overdue_is_not_sought(plan: Plan, tmp_path: Path) -> None:
    east = plan.tours[0].stops[0].ags
    late = replace(plan, tours=(), overdue=(Overdue(east, "Ostdorf", 9, "no_time"),))
    plans = [replace(plan, week=week) for week in ("2026-W10", "2026-W30", "2026-W47")]
    plans.append(replace(late, week="2026-W46"))
    assert read_back(Workspace(tmp_path), plans, "2026-W48", 2) == [
        *("2026-W10", "2026-W46", "2026-W47")
    ]


def test_a_plan_that_cannot_be_read_is_told_and_left_out(plan: Plan, tmp_path: Path) -> None:
    space = Workspace(tmp_path)
    for week in ("2026-W44", "2026-W45", "2026-W46", "2026-W47"):
        text = render_plan(replace(plan, week=week))
        cut = text[:500] if week in ("2026-W44", "2026-W46") else text
        write_files({space.plan_file(week): cut.encode()})
    told: list[PlanError] = []
    found = space.earlier_plans("2026-W48", 8, told.append)
    assert [one.week for one in found] == ["2026-W45", "2026-W47"]
    files = {fault.where for error in told for fault in error.faults}
    assert files == {str(space.plan_file(week)) for week in ("2026-W44", "2026-W46")}
    assert len(told) == 2
    assert all("löschen" in fault.remedy for error in told for fault in error.faults)


@pytest.mark.parametrize("torn", ["2026-W40", "2026-W47"])
def test_without_the_first_or_last_plan_the_next_readable_one_counts(
    torn: str, plan: Plan, tmp_path: Path
) -> None:
    space = Workspace(tmp_path)
    weeks = ("2026-W40", "2026-W41", "2026-W45", "2026-W46", "2026-W47")
    for week in weeks:
        text = "{" if week == torn else render_plan(replace(plan, week=week))
        write_files({space.plan_file(week): text.encode()})
    found = [one.week for one in space.earlier_plans("2026-W48", 1, lambda _error: None)]
    expected = {
        "2026-W40": ["2026-W41", "2026-W46", "2026-W47"],
        "2026-W47": ["2026-W40", "2026-W45", "2026-W46"],
    }
    assert found == expected[torn]


def test_a_new_file_follows_the_mask_of_the_user(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        write_files({tmp_path / "plan": b"private"})
    finally:
        os.umask(before)
    assert (tmp_path / "plan").stat().st_mode & 0o777 == 0o600


def test_the_name_of_a_region_inside_its_workspace_is_that_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_workspace("peine", tmp_path / "ours")
    monkeypatch.chdir(tmp_path / "ours")
    find_workspace("peine", None)
    assert not (tmp_path / "ours" / "peine").exists()


def test_another_region_is_not_planned_in_a_workspace(tmp_path: Path) -> None:
    make_workspace("peine", tmp_path / "ours")
    with pytest.raises(WorkspaceError, match="northeim"):
        find_workspace("northeim", tmp_path / "ours")


def test_an_unknown_name_is_refused_beside_a_workspace(tmp_path: Path) -> None:
    make_workspace("peine", tmp_path / "ours")
    with pytest.raises(WorkspaceError, match="quatsch"):
        find_workspace("quatsch", tmp_path / "ours")


@pytest.fixture
def roads(road_network: RoadNetwork, tmp_path: Path) -> Workspace:
    """Return a workspace that has real roads."""
    space = make_workspace("peine", tmp_path / "peine")
    save_network(road_network, space.network_file)
    return space


def test_roads_of_the_workspace_are_in_use(roads: Workspace, road_network: RoadNetwork) -> None:
    network = roads.load_district().network
    assert (network.source, network.num_edges) == (road_network.source, 7)
    assert network.snap_limit_m == 150


def test_without_roads_estimated_ones_are_in_use(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    assert space.load_district().network.source.is_estimate


def test_damaged_roads_are_not_replaced_by_estimated_ones(roads: Workspace) -> None:
    roads.network_file.write_bytes(b"SQLite format 3")
    with pytest.raises(NetworkError):
        roads.load_district()


def with_limit(space: Workspace, metres: int) -> Workspace:
    text = space.config_file.read_text(encoding="utf-8")
    text += f"\n[network]\nsnap_limit_m = {metres}\n"
    space.config_file.write_text(text, encoding="utf-8")
    return space


def test_the_distance_from_a_road_can_be_set(roads: Workspace) -> None:
    assert with_limit(roads, 75).load_district().network.snap_limit_m == 75


def test_a_surcharge_makes_all_drives_longer(roads: Workspace) -> None:
    usual = roads.load_district().network
    text = roads.config_file.read_text(encoding="utf-8")
    text += "\n[network]\nsurcharge_percent = 15\n"
    roads.config_file.write_text(text, encoding="utf-8")
    slow = roads.load_district().network
    assert slow.edge_ms == pytest.approx(1.15 * usual.edge_ms, abs=0.5)
    assert np.array_equal(slow.edge_mm, usual.edge_mm)


def test_the_distance_that_is_set_is_not_that_of_estimated_roads(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    usual = space.load_district().network.snap_limit_m
    assert with_limit(space, 75).load_district().network.snap_limit_m == usual


def test_a_link_to_roads_that_leads_nowhere_is_not_taken_for_none(tmp_path: Path) -> None:
    space = make_workspace("peine", tmp_path / "peine")
    region = space.load_region()
    space.network_file.parent.mkdir()
    for path in (space.network_file, space.walk_file):
        path.symlink_to("unmounted/roads.gpkg")
    with pytest.raises(NetworkError):
        space.load_network(region)
    with pytest.raises(NetworkError):
        space.load_walk()
