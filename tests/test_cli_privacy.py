"""The commands of privacy and tally as a person runs them, on Peine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from small_visits import visit

from geodata.language import set_language
from tours.__main__ import main
from tours.newworkspace import make_workspace
from tours.privacy.holdings import strangers
from tours.tally.tally import age_bands
from tours.workspace import Workspace

TODAY = dt.date(2026, 11, 25)
NOW = dt.datetime(2026, 11, 25, 18, 30, tzinfo=dt.UTC)
OLD = dt.date(2024, 5, 3)
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cli.visit", "cli.privacy", "cli.tally"):
        monkeypatch.setattr(f"tours.{module}.today", lambda: TODAY)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    return make_workspace("peine", tmp_path / "peine")


@pytest.fixture
def place(space: Workspace) -> str:
    return space.load_district().places[0].id


@pytest.fixture
def old(space: Workspace, place: str) -> Workspace:
    """Return a workspace with a visit that is too old, and one that is not."""
    space.visit_log.add(lambda _entries: [visit(place, OLD), visit(place)], now=NOW)
    return space


@pytest.fixture
def run(
    space: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    def run_(*arguments: str, answers: tuple[str, ...] = ()) -> tuple[int, str, str]:
        left = iter(answers)

        def answer(question: str = "") -> str:
            print(question, end="")
            try:
                return next(left)
            except StopIteration:
                raise EOFError from None

        monkeypatch.setattr("builtins.input", answer)
        capsys.readouterr()
        code = 0
        try:
            main(["--lang", "de", *arguments, "-w", str(space.folder)])
        except SystemExit as ending:
            code = int(ending.code or 0)
        finally:
            set_language("de")
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_


def test_what_is_stored_is_printed_with_limits_and_legal_basis(run: Run, old: Workspace) -> None:
    code, out, _err = run("privacy")
    assert code == 0
    for text in ("visits.db", "24 Monate", "SGB VIII § 63", "DSGVO Art. 32", "Lesen darf es"):
        assert text in out
    assert "1 Besuche vor dem 25.11.2024 (03.05.2024 – 03.05.2024)" in " ".join(out.split())
    assert "Datenschutzbeauftragte" in out.splitlines()[-1]


def test_it_is_printed_as_json(run: Run, old: Workspace) -> None:
    code, out, _err = run("privacy", "--json")
    body = json.loads(out)
    assert code == 0
    assert body["due"]["rows"] == 1
    assert body["limits"]["visits_before"] == "2024-11-25"
    assert {"visits", "copies", "settings"} <= {one["key"] for one in body["stored"]}


def test_a_new_workspace_has_nothing_due(run: Run) -> None:
    code, out, _err = run("privacy", "purge")
    assert (code, "Nichts." in out) == (0, True)


def test_strange_files_are_named(run: Run, space: Workspace) -> None:
    (space.folder / "Klientenliste.xlsx").write_text("x")
    assert "Klientenliste.xlsx" in run("privacy")[1]


@pytest.mark.parametrize("name", [".stock_log.csv.lock", ".places.csv.lock", "proposals.csv"])
def test_files_of_the_program_are_not_strange(space: Workspace, name: str) -> None:
    (space.folder / name).touch()
    assert strangers(space) == ()


@pytest.mark.parametrize("answer", ["", "j", "ja", "Entfernen"])
def test_nothing_is_removed_unless_the_word_is_typed(run: Run, old: Workspace, answer: str) -> None:
    code, out, _err = run("privacy", "purge", answers=(answer,))
    assert (code, out.endswith("Nichts wurde entfernt.\n")) == (0, True)
    assert len(old.visit_log.journal().visits) == 2


def test_an_input_that_ends_removes_nothing(run: Run, old: Workspace) -> None:
    code, _out, _err = run("privacy", "purge")
    assert code == 1
    assert len(old.visit_log.journal().visits) == 2


def test_what_was_shown_is_removed_when_the_word_is_typed(run: Run, old: Workspace) -> None:
    code, out, _err = run("privacy", "purge", answers=("entfernen",))
    assert (code, out.splitlines()[-1]) == (0, str(old.folder))
    assert "Entfernt." in out
    assert [one.date for one in old.visit_log.journal().visits] != [OLD]
    assert len(old.visit_log.journal().visits) == 1


def test_a_purge_names_quarters_that_are_not_frozen(run: Run, old: Workspace) -> None:
    assert "Nicht eingefroren: 2024-Q2." in run("privacy", "purge")[1]
    path = old.frozen_file("2024-Q2")
    path.parent.mkdir()
    path.write_text("{}")
    assert "Nicht eingefroren" not in run("privacy", "purge")[1]


def test_logging_a_visit_reminds_in_one_line(run: Run, old: Workspace, place: str) -> None:
    line = ("visit", "log", "--place", place, "--date", "2026-11-24", "--met", "2")
    times = ("--arrival", "15:00", "--departure", "16:00")
    assert "tours privacy" in run(*line, *times)[1]
    run("privacy", "purge", answers=("entfernen",))
    other = ("--arrival", "17:00", "--departure", "18:00")
    assert "tours privacy" not in run(*line, *other)[1]


def test_a_removed_visit_is_not_logged_again(run: Run, old: Workspace, place: str) -> None:
    run("privacy", "purge", answers=("entfernen",))
    line = ("visit", "log", "--place", place, "--date", OLD.isoformat(), "--met", "3")
    code, out, _err = run(*line, "--arrival", "14:40", "--departure", "15:40")
    assert (code, "1 vor dem 25.11.2024 ausgelassen" in out) == (0, True)
    assert len(old.visit_log.journal().visits) == 1


def test_a_faulty_list_of_appointments_is_a_fault_in_one_sentence(
    run: Run, space: Workspace
) -> None:
    space.appointments_file.write_bytes(b"id\xff")
    code, _out, err = run("privacy")
    assert (code, err.count("\n")) == (1, 1)


def test_numbers_are_counted_by_options_and_listed(run: Run, space: Workspace) -> None:
    where = ("--area", "übriger Kreis", "--month", "2026-10")
    code, out, _err = run("visit", "tally", *where, "--count", "18-21=6", "--count", "Wohnen=2")
    assert (code, out.splitlines()[-1]) == (0, str(space.visit_log.path))
    body = json.loads(run("visit", "tally", "--list", "--json")[1])
    assert [(one["item"], one["count"]) for one in body] == [("18-21", 6), ("housing", 2)]
    shown = json.loads(run("visit", "tally", "--district", "2026-Q4", "--json")[1])
    assert (shown["ages"]["18-21"], shown["topics"]["housing"]) == (6, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--count", "18-21=6"),
        ("--area", "übriger Kreis", "--month", "2026-10", "--count", "Graffiti=1"),
        ("--area", "übriger Kreis", "--month", "2026-10", "--count", "18-21"),
        ("--area", "übriger Kreis", "--month", "2026-10", "--count", "18-21=Max"),
        ("--area", "Atlantis", "--list"),
        ("--district", "2026"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    run: Run, space: Workspace, arguments: tuple[str, ...]
) -> None:
    code, _out, err = run("visit", "tally", *arguments)
    assert (code, bool(err)) == (1, True)
    assert not space.visit_log.path.exists()


def test_numbers_are_asked_and_logged_when_somebody_agrees(run: Run, space: Workspace) -> None:
    config = space.load_district().config
    number = len(age_bands(*config.ages)) + len(config.privacy.topics)
    command = ("visit", "tally", "--area", "übriger Kreis", "--month", "2026-10")
    told = ("3", *[""] * (number - 1))
    assert run(*command, answers=(*told, "n"))[0] == 0
    assert run(*command, answers=told)[0] == 1
    assert not space.visit_log.path.exists()
    assert run(*command, answers=(*told, "j"))[0] == 0
    assert [one.count for one in space.visit_log.tallies()] == [3]
