"""Weeks one after the other, as a person plans them: torn cycles, plans that are unreadable."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import Run, call, contents

from tours.plan import Plan, load_plan

FIRST, SECOND, THIRD = "2026-W48", "2026-W49", "2026-W50"
ILL = "2026-12-02 krank"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_(*arguments: str | Path) -> tuple[int, str, str]:
        capsys.readouterr()
        code = call([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return code, " ".join(captured.out.split()), captured.err

    return run_


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a cycle of two weeks, an afternoon of the second one cancelled."""
    folder = tmp_path_factory.mktemp("planned") / "peine"
    cycle = ("--week", FIRST, "--weeks", "2", "--cancel", ILL, "--no-outputs")
    assert call(["plan", "peine", "-w", str(folder), *cycle]) == 0
    return folder


@pytest.fixture
def space(planned: Path, tmp_path: Path) -> Path:
    """Return the workspace to change at will."""
    return Path(shutil.copytree(planned, tmp_path / "peine"))


@pytest.fixture
def torn(space: Path, run: Run) -> Path:
    """Return the workspace after the first of the weeks was planned again alone."""
    run("plan", "-w", space, "--week", FIRST, "--ban", "peine-bahnhof", "--no-outputs")
    return space


def stored(space: Path, week: str) -> Plan:
    return load_plan(space / "plans" / f"{week}.json")


def cut(space: Path, week: str) -> Path:
    path = space / "plans" / f"{week}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes((space / "plans" / f"{FIRST}.json").read_bytes()[:900])
    return path


def outside(plan: Plan) -> str:
    return next(place.place_id for place in plan.unassigned if place.reason == "outranked")


def test_a_whole_cycle_is_shown_as_proven_together(space: Path, run: Run) -> None:
    out = run("show", SECOND, "-w", space)[1]
    assert f"Das gilt für die Wochen {FIRST}, {SECOND} zusammen." in out


def test_planning_one_week_of_a_cycle_names_the_other(space: Path, run: Run) -> None:
    out = run("plan", "-w", space, "--week", FIRST, "--no-outputs")[1]
    assert f"{SECOND}: bisher zusammen mit {FIRST} geplant" in out


def test_planning_the_whole_cycle_again_names_none(space: Path, run: Run) -> None:
    cycle = ("--week", FIRST, "--weeks", "2", "--cancel", ILL, "--no-outputs")
    before = contents(space)
    out = run("plan", "-w", space, *cycle)[1]
    assert ("bisher zusammen" in out, contents(space)) == (False, before)


def test_the_week_that_is_left_of_a_cycle_is_not_called_proven(torn: Path, run: Run) -> None:
    out = run("show", SECOND, "-w", torn)[1]
    assert "Bewiesen optimal" not in out
    assert f"Seitdem neu geplant oder gelöscht: {FIRST}." in out


def test_the_week_that_is_left_of_a_cycle_is_explained_with_its_own_wishes(
    torn: Path, run: Run
) -> None:
    place = outside(stored(torn, SECOND))
    _code, out, _err = run("explain", place, "-w", torn, "--week", SECOND, "--json")
    found = json.loads(out)
    assert (found["weeks"], found["outdated"]) == ([SECOND], "cycle")
    assert found["command"][-6:] == ["--week", SECOND, "--cancel", ILL, "--force", place]


def test_a_week_of_a_whole_cycle_is_explained_with_all_wishes_of_the_cycle(
    space: Path, run: Run
) -> None:
    place = outside(stored(space, FIRST))
    _code, out, _err = run("explain", place, "-w", space, "--week", FIRST, "--json")
    found = json.loads(out)
    assert (found["weeks"], found["outdated"]) == ([FIRST, SECOND], "")
    assert found["command"][-6:-2] == ["--weeks", "2", "--cancel", ILL]


def test_single_weeks_after_a_cycle_go_on_with_it(space: Path, run: Run) -> None:
    out = run("plan", "-w", space, "--week", THIRD, "--no-outputs")[1]
    assert f"Änderungen gegenüber {FIRST}" in out
    out = run("plan", "-w", space, "--week", "2026-W51", "--no-outputs")[1]
    assert f"Änderungen gegenüber {SECOND}" in out
    assert (
        f"Änderungen gegenüber {THIRD}"
        in run(*("plan", "-w", space, "--week", "2026-W52", "--no-outputs"))[1]
    )


# -- plans that cannot be read -----------------------------------------------------------------


def test_an_old_plan_that_cannot_be_read_is_one_line_and_planning_goes_on(
    space: Path, run: Run
) -> None:
    path = cut(space, "2026-W40")
    code, _out, err = run("plan", "-w", space, "--week", THIRD, "--no-outputs")
    assert (code, err.count("\n"), str(path) in err) == (0, 1, True)
    assert err.startswith("Warnung:")
    assert "löschen" in err
    assert (space / "plans" / f"{THIRD}.json").is_file()


def test_of_a_plan_that_cannot_be_read_a_copy_is_kept(space: Path, run: Run) -> None:
    damaged = cut(space, THIRD).read_bytes()
    code, _out, err = run("plan", "-w", space, "--week", THIRD, "--no-outputs")
    kept = space / "plans" / f"{THIRD}.unreadable.json"
    assert (code, kept.read_bytes(), str(kept) in err) == (0, damaged, True)
    cut(space, THIRD)
    run("plan", "-w", space, "--week", THIRD, "--no-outputs")
    assert kept.read_bytes() == damaged
    assert (space / "plans" / f"{THIRD}.unreadable-2.json").is_file()


@pytest.mark.parametrize("command", ["explain", "compare"])
def test_other_commands_go_on_without_it_as_well(command: str, space: Path, run: Run) -> None:
    cut(space, "2026-W40")
    arguments = {
        "explain": (outside(stored(space, FIRST)), "--week", FIRST),
        "compare": (FIRST, "--variant", "-Do"),
    }[command]
    code, _out, err = run(command, *arguments, "-w", space)
    assert (code, "Warnung:" in err) == (0, True)


@pytest.mark.parametrize("command", [["show", "2026-W40"], ["explain", "x", "--week", "2026-W40"]])
def test_a_plan_that_is_asked_for_and_cannot_be_read_is_a_fault(
    command: list[str], space: Path, run: Run
) -> None:
    cut(space, "2026-W40")
    code, out, err = run(*command, "-w", space)
    assert (code, out, err.startswith("Fehler:")) == (1, "", True)


# -- a plan that is there already --------------------------------------------------------------


def test_a_short_time_limit_does_not_make_a_stored_plan_worse(space: Path, run: Run) -> None:
    run("plan", "-w", space, "--week", THIRD, "--no-outputs")
    before = contents(space)
    run("plan", "-w", space, "--week", THIRD, "--no-outputs", "--time-limit", "0")
    assert contents(space) == before
