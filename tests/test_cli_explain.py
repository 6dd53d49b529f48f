"""Explanations and places that must be in the week, as a person asks for them, on Peine."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commandline import Run, call, contents, refused

from tours.plan import read_plan

WEEK = "2026-W48"


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with a planned week; to be copied by whoever changes it."""
    folder = tmp_path_factory.mktemp("planned") / "peine"
    assert call(["plan", "peine", "-w", str(folder), "--week", WEEK, "--no-outputs"]) == 0
    return folder


@pytest.fixture
def space(planned: Path, tmp_path: Path) -> Path:
    """Return a planned workspace to change at will."""
    return Path(shutil.copytree(planned, tmp_path / "peine"))


def not_visited(space: Path, reason: str) -> list[str]:
    plan = read_plan((space / "plans" / f"{WEEK}.json").read_text(encoding="utf-8"), "plan")
    return [place.place_id for place in plan.unassigned if place.reason == reason]


def test_explain_says_what_the_command_it_ends_with_costs(space: Path, run: Run) -> None:
    before = contents(space)
    id_ = not_visited(space, "outranked")[0]
    _code, out, _err = run("explain", id_, "-w", space, "--json")
    found = json.loads(out)
    assert contents(space) == before
    plan = read_plan((space / "plans" / f"{WEEK}.json").read_text(encoding="utf-8"), "plan")
    _code, out, _err = run(*found["command"][1:], "--no-outputs", "--json")
    forced = read_plan(out, "stdout")
    assert plan.value - forced.value == found["price"]["least"] == found["price"]["most"]


def test_explain_ends_with_the_command(space: Path, run: Run) -> None:
    id_ = not_visited(space, "outranked")[0]
    code, out, err = run("explain", id_, "-w", space)
    last = f"  tours plan --workspace {space} --week {WEEK} --force {id_}"
    assert (code, err, out.splitlines()[-1]) == (0, "", last)


def test_explain_shows_the_hours_of_a_place_that_is_closed(space: Path, run: Run) -> None:
    id_ = not_visited(space, "closed")[0]
    _code, out, _err = run("explain", id_, "-w", space)
    assert ("hours in places.csv" in out, out.count("14:00–19:00")) == (True, 3)


def test_explaining_a_place_that_is_not_there_is_one_sentence(space: Path, run: Run) -> None:
    assert refused(run, space, "explain", "atlantis").count("\n") == 1


def test_explaining_what_fits_several_places_is_one_sentence(space: Path, run: Run) -> None:
    err = refused(run, space, "explain", "peine")
    assert (err.count("\n"), "(peine-bahnhof)" in err) == (1, True)


def test_explaining_a_week_without_a_plan_is_one_sentence(space: Path, run: Run) -> None:
    err = refused(run, space, "explain", "peine-bahnhof", "--week", "2026-W40")
    assert err.count("\n") == 1


def test_a_forced_place_is_in_the_week(space: Path, run: Run) -> None:
    id_ = not_visited(space, "outranked")[0]
    _code, out, _err = run(
        *("plan", "-w", space, "--week", "2026-W49", "--no-outputs", "--json", "--force", id_)
    )
    plan = read_plan(out, "stdout")
    assert id_ in {stop.place_id for tour in plan.tours for stop in tour.stops}
    assert plan.wishes.forced == (id_,)


def test_forcing_a_place_that_is_closed_is_one_sentence(space: Path, run: Run) -> None:
    id_ = not_visited(space, "closed")[0]
    err = refused(run, space, "plan", "--week", "2026-W49", "--force", id_)
    assert (err.count("\n"), f"--force {id_} weglassen" in err) == (1, True)


def test_forcing_what_nobody_knows_is_one_sentence(space: Path, run: Run) -> None:
    assert refused(run, space, "plan", "--force", "atlantis").count("\n") == 1
