"""The commands as a person runs them, on Peine, whose week is planned in seconds."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from commandline import Run, call, change, contents, refused

from geodata.language import set_language
from tours.__main__ import main
from tours.newworkspace import find_workspace
from tours.plan import read_plan

WEEK = "2026-W48"


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a planned week; to be copied by whoever changes it."""
    folder = tmp_path_factory.mktemp("planned") / "peine"
    assert call(["plan", "peine", "-w", str(folder), "--week", WEEK]) == 0
    return folder


@pytest.fixture
def space(planned: Path, tmp_path: Path) -> Path:
    """Return a planned workspace to change at will."""
    return Path(shutil.copytree(planned, tmp_path / "peine"))


@pytest.fixture
def fresh(tmp_path: Path, run: Run) -> Path:
    """Return a workspace without a plan."""
    run("init", "peine", tmp_path / "fresh")
    return tmp_path / "fresh"


def test_plan_writes_plan_map_sheets_notices_and_calendar(planned: Path) -> None:
    made = {name for name in contents(planned) if name.startswith(("plans", "out"))}
    assert made == {
        f"plans/{WEEK}.json",
        f"out/{WEEK}/map.html",
        f"out/{WEEK}/notices.pdf",
        f"out/{WEEK}/sheets.pdf",
        f"out/{WEEK}/week.ics",
    }


def test_planning_again_gives_the_same_bytes(space: Path, run: Run) -> None:
    before = contents(space)
    run("plan", "-w", space, "--week", WEEK)
    assert contents(space) == before


def test_the_last_line_of_plan_is_where_the_results_are(fresh: Path, run: Run) -> None:
    _code, out, _err = run("plan", "-w", fresh, "--week", WEEK)
    assert out.splitlines()[-1] == str(fresh / "out" / WEEK)


def test_plan_says_that_it_is_proven(space: Path, run: Run) -> None:
    assert "Bewiesen optimal" in run("show", "-w", space)[1]


def test_terminal_says_that_roads_are_estimated(space: Path, run: Run) -> None:
    assert "Näherungsnetz" in run("show", "-w", space)[1]


def test_calendar_says_that_roads_are_estimated(planned: Path) -> None:
    text = (planned / "out" / WEEK / "week.ics").read_text(encoding="utf-8")
    assert "Näherungsnetz" in text.replace("\n ", "")


def test_map_says_that_roads_are_estimated(planned: Path) -> None:
    text = (planned / "out" / WEEK / "map.html").read_text(encoding="utf-8")
    assert "N\\u00e4herungsnetz" in text


def test_json_prints_the_plan_and_nothing_else(space: Path, run: Run) -> None:
    _code, out, _err = run("show", "-w", space, "--json")
    assert read_plan(out, "stdout").week == WEEK


def test_plan_json_prints_the_plan_and_nothing_else(fresh: Path, run: Run) -> None:
    _code, out, _err = run("plan", "-w", fresh, "--week", WEEK, "--json", "--no-outputs")
    assert read_plan(out, "stdout").week == WEEK


def test_no_outputs_writes_the_plan_only(fresh: Path, run: Run) -> None:
    run("plan", "-w", fresh, "--week", WEEK, "--no-outputs")
    assert (fresh / "plans" / f"{WEEK}.json").is_file()
    assert not (fresh / "out").exists()


def test_papers_of_the_former_plan_are_told_with_what_renews_them(space: Path, run: Run) -> None:
    (space / "out" / WEEK / "week.ics").unlink()
    first = json.loads((space / "plans" / f"{WEEK}.json").read_text())["tours"][0]["stops"][0]
    _code, out, _err = run(
        *("plan", "-w", space, "--week", WEEK, "--no-outputs", "--ban", first["place_id"])
    )
    told = " ".join(out.split())
    names = f"map.html, sheets.pdf, notices.pdf in {space / 'out' / WEEK}"
    assert f"{names} zeigen noch den früheren Plan" in told
    commands = [line.strip() for line in out.splitlines() if line.startswith("  tours ")]
    papers = ("map", "sheets", "notices")
    assert commands == [f"tours {name} {WEEK} --workspace {space}" for name in papers]
    for command in commands:
        assert run(*command.split()[1:])[0] == 0


def test_papers_of_a_plan_that_has_not_changed_are_not_told(space: Path, run: Run) -> None:
    _code, out, _err = run("plan", "-w", space, "--week", WEEK, "--no-outputs")
    assert "früheren Plan" not in " ".join(out.split())


def test_without_papers_nothing_is_told_of_them(space: Path, run: Run) -> None:
    shutil.rmtree(space / "out")
    _code, out, _err = run(
        *("plan", "-w", space, "--week", WEEK, "--no-outputs", "--cancel", "Di Krankheit")
    )
    assert "früheren Plan" not in " ".join(out.split())


def test_papers_without_a_plan_beside_them_are_told_too(space: Path, run: Run) -> None:
    (space / "plans" / f"{WEEK}.json").unlink()
    _code, out, _err = run("plan", "-w", space, "--week", WEEK, "--no-outputs")
    assert "früheren Plan" in " ".join(out.split())


def test_with_json_old_papers_are_told_beside_the_data(space: Path, run: Run) -> None:
    _code, out, err = run(
        *("plan", "-w", space, "--week", WEEK, "--no-outputs", "--cancel", "Di Krankheit"),
        "--json",
    )
    assert read_plan(out, "stdout").week == WEEK
    assert "früheren Plan" in " ".join(err.split())


def test_the_next_week_names_its_changes(space: Path, run: Run) -> None:
    _code, out, _err = run("plan", "-w", space, "--week", "2026-W49", "--no-outputs")
    assert f"Änderungen gegenüber {WEEK}" in out


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (["map"], "map.html"),
        (["sheets"], "sheets.pdf"),
        (["notices"], "notices.pdf"),
        (["export", "ics"], "week.ics"),
    ],
)
def test_outputs_can_be_made_again_from_the_plan(
    command: list[str], name: str, space: Path, run: Run
) -> None:
    path = space / "out" / WEEK / name
    before = path.read_bytes()
    path.unlink()
    _code, out, _err = run(*command, "-w", space)
    assert (path.read_bytes(), out.splitlines()[-1]) == (before, str(path))


def test_a_map_with_tiles_says_so_and_one_without_asks_nobody(space: Path, run: Run) -> None:
    path, host = space / "out" / WEEK / "map.html", "sgx.geodatenzentrum.de"
    assert host not in path.read_text(encoding="utf-8")
    assert run("map", WEEK, "--tiles", "-w", space)[0] == 0
    said = json.dumps(f"lädt Kartenbilder von {host}")[1:-1]
    page = path.read_text(encoding="utf-8")
    assert (f"img-src data: https://{host}" in page, said in page) == (True, True)


def test_a_pin_is_in_the_plan(fresh: Path, run: Run) -> None:
    _code, out, _err = run(
        *("plan", "-w", fresh, "--week", WEEK, "--no-outputs", "--json"),
        *("--pin", "bierbergen-dorfplatz@Do 16:00"),
    )
    starts = [
        (tour.date.isoformat(), stop.start_s)
        for tour in read_plan(out, "stdout").tours
        for stop in tour.stops
        if stop.place_id == "bierbergen-dorfplatz"
    ]
    assert starts == [("2026-11-26", 16 * 3600)]


def test_a_ban_is_kept_and_named(fresh: Path, run: Run) -> None:
    _code, out, _err = run(
        *("plan", "-w", fresh, "--week", WEEK, "--no-outputs", "--json"),
        *("--ban", "peine-bahnhof"),
    )
    plan = read_plan(out, "stdout")
    assert [u.reason for u in plan.unassigned if u.place_id == "peine-bahnhof"] == ["banned"]


def test_places_list_shows_every_place(fresh: Path, run: Run) -> None:
    _code, out, _err = run("places", "list", "-w", fresh, "--json")
    lines = (fresh / "places.csv").read_text(encoding="utf-8").splitlines()
    assert len(json.loads(out)) == len(lines) - 1


def test_places_check_says_that_values_are_assumed(fresh: Path, run: Run) -> None:
    code, out, _err = run("places", "check", "-w", fresh)
    assert (code, "angenommen" in out) == (0, True)


def test_network_status_names_the_source(fresh: Path, run: Run) -> None:
    assert "GeoBasis-DE" in run("network", "status", "-w", fresh)[1]


def test_init_refuses_to_overwrite(fresh: Path, run: Run) -> None:
    before = contents(fresh)
    code, _out, err = run("init", "peine", fresh)
    assert (code, contents(fresh) == before, err.count("\n")) == (1, True, 1)


# -- bad input: one sentence per fault, exit 1, nothing half-written ---------------------------


def test_an_unknown_region_is_one_sentence(run: Run) -> None:
    code, out, err = run("plan", "atlantis")
    assert (code, out, err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "command",
    ["show", "map", "sheets", "export ics", "compare --variant +Fr", "diff 2026-W48"],
)
def test_a_workspace_in_place_of_a_week_is_told_where_it_belongs(
    command: str, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, planned: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    where = ["-w", planned] if command.startswith("diff") else []
    code, out, err = run(*command.split(), "peine", *where)
    assert (code, out) == (1, "")
    assert "„peine“ ist keine Woche, sondern ein Arbeitsordner" in err
    assert "-w peine" in err


def test_the_name_of_a_region_may_be_written_as_people_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "Düren")[1].splitlines()[-1] == "dueren"
    assert "dueren: Hier liegt schon etwas" in run("init", "Dueren")[2]
    assert find_workspace("DÜREN", None).folder == Path("dueren")


def test_a_folder_goes_before_a_region_of_that_name(
    fresh: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    fresh.rename("Northeim")
    assert find_workspace("Northeim", None).folder == Path("Northeim")


def test_every_fault_of_the_places_is_named_at_once(space: Path, run: Run) -> None:
    text = (space / "places.csv").read_text(encoding="utf-8").splitlines()
    text[3] = text[3].replace("yes", "perhaps")
    text[5] = text[5].replace("bus_stop", "ufo").replace("square", "ufo").replace("school", "ufo")
    (space / "places.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    err = refused(run, space, "plan", "--week", WEEK)
    assert re.findall(r"Zeile (\d+)", err) == ["4", "6"]


def test_every_fault_of_the_settings_is_named_at_once(space: Path, run: Run) -> None:
    change(space / "region.toml", "grid_minutes = 5", "grid_minutes = 0")
    change(space / "region.toml", "cycle_weeks = 4", 'cycle_weeks = "four"')
    assert refused(run, space, "plan", "--week", WEEK).count("Fehler:") == 2


def test_a_depot_far_outside_is_one_sentence(space: Path, run: Run) -> None:
    text = (space / "region.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^lat = \S+", "lat = 53.9", text)
    (space / "region.toml").write_text(text, encoding="utf-8")
    err = refused(run, space, "plan", "--week", WEEK)
    assert (err.count("\n"), "km außerhalb des Kreises" in err) == (1, True)


def test_a_place_outside_the_district_is_named(space: Path, run: Run) -> None:
    with (space / "places.csv").open("a", encoding="utf-8") as file:
        file.write("far,Fern,square,8.0,48.0" + "," * 10 + "\n")
    assert "außerhalb" in refused(run, space, "places", "check")


def test_a_corrupt_plan_is_one_sentence(space: Path, run: Run) -> None:
    path = space / "plans" / f"{WEEK}.json"
    path.write_bytes(path.read_bytes()[:1000])
    assert refused(run, space, "map").count("\n") == 1


def test_a_week_that_cannot_hold_names_the_rules_to_relax(space: Path, run: Run) -> None:
    change(space / "region.toml", "at_least = 1", "at_least = 20")
    err = refused(run, space, "plan", "--week", "2026-W49")
    assert ("at_least" in err, "Kernstadt Peine" in err) == (True, True)


def test_a_pin_when_the_place_is_shut_names_the_pin(space: Path, run: Run) -> None:
    err = refused(run, space, "plan", "--week", "2026-W49", "--pin", "peine-bahnhof@Mo")
    assert "fester Halt peine-bahnhof" in err


def test_a_pin_that_cannot_be_read_says_how_to_write_it(space: Path, run: Run) -> None:
    assert "ORT@Mi" in refused(run, space, "plan", "--week", "2026-W49", "--pin", "a@Xx")


def test_a_week_that_does_not_exist_is_one_sentence(space: Path, run: Run) -> None:
    assert refused(run, space, "plan", "--week", "2027-W53").count("\n") == 1


def test_a_folder_in_the_way_leaves_everything_as_it_was(space: Path, run: Run) -> None:
    (space / "plans" / f"{WEEK}.json").unlink()
    (space / "out" / WEEK / "map.html").unlink()
    (space / "out" / WEEK / "map.html").mkdir()
    assert "map.html" in refused(run, space, "plan", "--week", WEEK)


def test_a_workspace_that_cannot_be_made_is_one_sentence(tmp_path: Path, run: Run) -> None:
    (tmp_path / "file").write_text("in the way")
    code, out, err = run("init", "peine", tmp_path / "file" / "peine")
    assert (code, out, err.count("\n")) == (1, "", 1)


def test_no_plan_yet_says_how_to_make_one(fresh: Path, run: Run) -> None:
    assert f"„tours plan -w {fresh}“" in refused(run, fresh, "show")


def test_a_usage_fault_exits_with_2(run: Run) -> None:
    assert run("plan", "--no-such-option")[0] == 2


def test_an_unknown_language_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["--lang", "fr", "show"])
    set_language("de")
    assert (ending.value.code, "fr" in capsys.readouterr().err) == (2, True)
