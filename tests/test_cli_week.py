"""Weeks and days on the command line as people write them, on a day that is given."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
from commandline import Run
from sheet_examples import plan, stop, tour

from tours.errors import ConfigError
from tours.newworkspace import make_workspace
from tours.plan import render_plan
from tours.wishes import Outage, Wishes

MONDAY = "Montag, 23. November 2026"
Asked = list[tuple[tuple[str, ...], Wishes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_workspace("northeim", tmp_path_factory.mktemp("weeks") / "northeim").folder
    (folder / "plans").mkdir()
    text = render_plan(plan(tour(0, [stop(0)])))
    (folder / "plans" / "2026-W48.json").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def space(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace with a plan of week 48; today is the Wednesday of week 47."""
    for module in ("cli.now", "cli.visit", "cli.stock"):
        monkeypatch.setattr(f"tours.{module}.today", lambda: dt.date(2026, 11, 18))
    return Path(shutil.copytree(made, tmp_path / "northeim"))


@pytest.mark.parametrize("week", ["48", "KW48", "KW 48/2026", "W48", "27.11.2026", "nächste"])
def test_a_plan_is_found_by_its_week_in_other_words(space: Path, run: Run, week: str) -> None:
    code, out, _err = run("show", week, "-w", space)
    assert (code, MONDAY in out) == (0, True)


def test_two_weeks_are_compared_in_other_words(space: Path, run: Run) -> None:
    assert run("diff", "next", "24.11.", "-w", space)[0] == 0


@pytest.mark.parametrize(
    "command", [("show",), ("map",), ("sheets",), ("export", "ics"), ("notices",), ("compare",)]
)
def test_what_is_no_week_is_told_everywhere(
    space: Path, run: Run, command: tuple[str, ...]
) -> None:
    variant = ("--variant", "-Do") if command == ("compare",) else ()
    code, _out, err = run(*command, "foo", "-w", space, *variant)
    assert code == 1
    assert "KW 48/2026, 24.11.2026 (die Woche dieses Tages), diese oder nächste" in err


@pytest.mark.parametrize(
    "command", [("plan",), ("reach",), ("crew", "check"), ("explain", "northeim-bahnhof")]
)
def test_what_is_no_week_is_told_where_it_is_an_option(
    space: Path, run: Run, command: tuple[str, ...]
) -> None:
    code, _out, err = run(*command, "--week", "foo", "-w", space)
    assert (code, "KW 48/2026" in err) == (1, True)


def test_the_current_folder_is_named_by_its_path(
    space: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(space)
    assert run("show", "12")[2].startswith(f"Fehler: {space}: ")


def test_a_week_without_a_plan_is_named_with_those_that_have_one(space: Path, run: Run) -> None:
    code, _out, err = run("show", "46", "-w", space)
    assert code == 1
    assert "Für 2027-W46 gibt es keinen Plan. Zuletzt geplant: 2026-W48" in err


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Return what the planner is asked for; it plans nothing."""
    asked: Asked = []

    def plan_weeks(_district: object, weeks: Sequence[str], **others: object) -> None:
        wishes = others["wishes"]
        assert isinstance(wishes, Wishes)
        asked.append((tuple(weeks), wishes))
        raise ConfigError("enough")

    monkeypatch.setattr("tours.planning.plan_weeks", plan_weeks)
    # Nothing has to be compiled for it.
    ready = SimpleNamespace(is_needed=False, wait=lambda: None)
    monkeypatch.setattr("tours.solver.rehearsal.rehearse", lambda: ready)
    return asked


@pytest.mark.parametrize(
    ("options", "weeks"),
    [
        ((), ("2026-W48",)),
        (("--week", "nächste"), ("2026-W48",)),
        (("--week", "diese", "--weeks", "2"), ("2026-W47", "2026-W48")),
        (("--week", "3"), ("2027-W03",)),
    ],
)
def test_the_week_that_is_planned(
    space: Path, run: Run, planned: Asked, options: tuple[str, ...], weeks: tuple[str, ...]
) -> None:
    run("plan", "-w", space, *options)
    assert [asked for asked, _wishes in planned] == [weeks]


@pytest.mark.parametrize(
    ("week", "typed", "outage", "stored"),
    [
        (
            *("52", "24.12. Fortbildung"),
            *(Outage(date=dt.date(2026, 12, 24), reason="Fortbildung"), "2026-12-24 Fortbildung"),
        ),
        ("1", "7.1.", Outage(date=dt.date(2027, 1, 7)), "2027-01-07"),
    ],
)
def test_a_day_is_cancelled_in_the_year_of_its_week(
    space: Path, run: Run, planned: Asked, week: str, typed: str, outage: Outage, stored: str
) -> None:
    run("plan", "-w", space, "--week", week, "--cancel", typed)
    ((_weeks, wishes),) = planned
    assert (wishes.outages, wishes.asked.cancelled) == ((outage,), (stored,))


def test_stock_is_logged_for_a_day_without_a_year(space: Path, run: Run) -> None:
    (space / "stock.csv").write_text("id,name,min,target\ntea,Tea,2,5\n", encoding="utf-8")
    run("stock", "count", "tea=3", "-w", space, "--date", "17.11.")
    assert "2026-11-17,tea,count,3" in (space / "stock_log.csv").read_text(encoding="utf-8")


def test_a_day_to_come_is_not_taken_for_one_of_last_year(space: Path, run: Run) -> None:
    (space / "stock.csv").write_text("id,name,min,target\ntea,Tea,2,5\n", encoding="utf-8")
    code, _out, err = run("stock", "count", "tea=3", "-w", space, "--date", "19.11.")
    assert (code, err) == (
        1,
        "Fehler: --date: „19.11.“ war zuletzt am 19.11.2025, vor langer Zeit. Auch das Jahr "
        "schreiben.\n",
    )


@pytest.mark.parametrize(("last", "is_fault"), [("1.2.", False), ("1.2.2026", True)])
def test_the_end_of_a_span_without_a_year_follows_its_begin(
    space: Path, run: Run, last: str, is_fault: bool
) -> None:
    # Without a year, 1 March is that of this year, and 1 February the one after it.
    _code, _out, err = run("coverage", "-w", space, "--json", "--from", "1.3.", "--to", last)
    assert ("Der letzte Tag liegt vor dem ersten" in err) == is_fault
