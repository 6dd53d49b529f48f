"""Lists of the tally imported as a person does it, on Peine."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commandline import call

from tours.newworkspace import make_workspace
from tours.workspace import Workspace

TODAY = dt.date(2026, 11, 25)
LIST = "Monat;Gebiet;15-17;18-21;Schule;Namen\n09/2026;übriger Kreis;6;{count};2;J. M.\n"
Import = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tours.cli.tally.today", lambda: TODAY)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return make_workspace("peine", tmp_path / "peine")


@pytest.fixture
def imported(space: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Import:
    def import_(text: str, *options: str) -> tuple[int, str, str]:
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        capsys.readouterr()
        where = ("-w", str(space.folder))
        code = call(["visit", "tally", "--import", str(path), *options, *where])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return import_


def counts(space: Workspace) -> list[int]:
    return [one.count for one in space.visit_log.tallies()]


def test_a_list_is_shown_first_and_logged_with_yes(imported: Import, space: Workspace) -> None:
    code, out, err = imported(LIST.format(count=4))
    assert (code, "--yes" in err, space.visit_log.path.exists()) == (1, True, False)
    assert "15 bis 17 Jahre: 6, 18 bis 21 Jahre: 4, Schule: 2" in out
    assert "Spalten, die nicht gelesen werden: Namen\n" in out
    code, out, _err = imported(LIST.format(count=4), "--yes")
    assert (code, out.splitlines()[-1]) == (0, str(space.visit_log.path))
    assert counts(space) == [6, 4, 2]


def test_a_list_is_logged_when_somebody_agrees(
    imported: Import, space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    for answer, logged in (("n", []), ("", [6, 4, 2])):
        monkeypatch.setattr("builtins.input", lambda _question="", answer=answer: answer)
        assert imported(LIST.format(count=4))[0] == 0
        assert counts(space) == logged


def test_the_same_list_twice_changes_nothing_and_says_so(
    imported: Import, space: Workspace
) -> None:
    imported(LIST.format(count=4), "--yes")
    before = space.visit_log.path.read_bytes()
    code, out, _err = imported(LIST.format(count=4), "--yes")
    assert code == 0
    assert out.endswith("0 neu, 0 geändert, 3 sind schon so gezählt\nDie Liste ändert nichts.\n")
    assert space.visit_log.path.read_bytes() == before


def test_another_number_is_shown_beside_the_one_that_it_replaces(
    imported: Import, space: Workspace
) -> None:
    imported(LIST.format(count=4), "--yes")
    code, out, _err = imported(LIST.format(count=9), "--yes")
    assert (code, "18 bis 21 Jahre: 4 → 9" in out) == (0, True)
    assert "0 neu, 1 geändert, 2 sind schon so gezählt\n" in out
    assert counts(space) == [6, 9, 2]


def test_a_list_with_a_fault_logs_nothing(imported: Import, space: Workspace) -> None:
    text = LIST.format(count=4) + "12/2026;Peine;1;1;1;\n"
    code, out, err = imported(text, "--yes")
    assert (code, out, "Zeile 3, Spalte Monat" in err) == (1, "", True)
    assert not space.visit_log.path.exists()


@pytest.mark.parametrize(
    "options",
    [("--count", "15-17=3"), ("--list",), ("--district", "2026-Q3"), ("--json",), ("--month", "x")],
)
def test_what_does_not_go_with_a_list_is_refused(
    imported: Import, space: Workspace, options: tuple[str, ...]
) -> None:
    assert imported(LIST.format(count=4), "--yes", *options)[0] == 1
    assert not space.visit_log.path.exists()


def test_area_and_month_of_a_list_can_be_options(imported: Import, space: Workspace) -> None:
    code, _out, _err = imported(
        "15-17;Schule\n6;2\n", "--area", "übriger", "--month", "September 2026", "--yes"
    )
    assert code == 0
    assert {one.month for one in space.visit_log.tallies()} == {dt.date(2026, 9, 1)}


def test_yes_alone_is_refused(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(["visit", "tally", "--yes", "-w", str(space.folder)]) == 1
    assert "--import" in capsys.readouterr().err


def test_what_is_counted_is_listed_in_the_order_of_the_bands(
    imported: Import, space: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    imported("Monat;Gebiet;Schule;18-21;bis 14\n9.2026;übriger Kreis;1;2;3\n", "--yes")
    call(["visit", "tally", "--list", "-w", str(space.folder)])
    assert "bis 14 Jahre: 3, 18 bis 21 Jahre: 2" in capsys.readouterr().out


@pytest.mark.parametrize("quarter", ["2026-Q3", "3/2026", "Q3 2026"])
def test_a_quarter_is_written_as_in_the_report(
    imported: Import, space: Workspace, capsys: pytest.CaptureFixture[str], quarter: str
) -> None:
    imported(LIST.format(count=4), "--yes")
    call(["visit", "tally", "--district", quarter, "--json", "-w", str(space.folder)])
    assert '"quarter": "2026-Q3",\n "counted": true' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--count", "15-17=3", "--list"), "--count und --list"),
        (("--count", "15-17=3", "--district", "2026-Q3"), "--count und --district"),
        (("--list", "--district", "2026-Q3"), "--list und --district"),
        (("--area", "übriger", "--district", "2026-Q3"), "--district und --area"),
        (("--month", "2026-09", "--district", "2026-Q3"), "--district und --month"),
    ],
)
def test_options_of_which_one_would_not_be_heard_are_refused(
    space: Workspace, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], told: str
) -> None:
    assert call(["visit", "tally", *options, "-w", str(space.folder)]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(("quarter", "is_told"), [("2026-Q3", False), ("2026-Q4", True)])
def test_a_quarter_that_is_not_over_is_told(
    space: Workspace, capsys: pytest.CaptureFixture[str], quarter: str, is_told: bool
) -> None:
    assert call(["visit", "tally", "--district", quarter, "-w", str(space.folder)]) == 0
    assert ("2026-Q4 ist noch nicht vorbei" in capsys.readouterr().err) == is_told
