"""What is said about wrong usage and on help pages, in both languages."""

from __future__ import annotations

import re

import pytest
import typer

from geodata.language import set_language, speaking
from tours.__main__ import main
from tours.cli.usage import (
    USAGE_ERROR,
    SpokenCommand,
    SpokenGroup,
    speak,
    usage_fault,
    workspace_remedy,
)

ENGLISH = (
    "Usage",
    "OPTIONS",
    "Arguments",
    "[default",
    "Show this message",
    "Install completion",
    "Try ",
)


def called(capsys: pytest.CaptureFixture[str], *arguments: str, language: str = "de") -> str:
    """Return what wrong usage is answered with, after the exit code was checked."""
    with pytest.raises(SystemExit) as ending:
        main(["--lang", language, *arguments])
    set_language("de")
    captured = capsys.readouterr()
    assert (ending.value.code, captured.out, captured.err.count("\n")) == (2, "", 1)
    return captured.err.removesuffix("\n")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "explain",
            "Fehler: Das Argument ORT fehlt. „tours explain --help“ zeigt, was es gibt.",
        ),
        (
            "compare",
            "Fehler: Die Option --variant fehlt. „tours compare --help“ zeigt, was es gibt.",
        ),
        ("places", "Fehler: Der Befehl fehlt. „tours places --help“ zeigt, was es gibt."),
        ("plann", "Fehler: Einen Befehl „plann“ gibt es nicht. Gemeint ist vielleicht: plan,"),
        ("plan --wek", "Fehler: Eine Option --wek gibt es nicht. Gemeint ist vielleicht: --week,"),
        ("plan --xyz", "Fehler: Eine Option --xyz gibt es nicht. „tours plan --help“ zeigt,"),
        ("plan --week", "Fehler: Die Option --week braucht einen Wert."),
        ("plan --json=1", "Fehler: Die Option --json hat keinen Wert."),
        ("plan --weeks 9", "Fehler: --weeks: höchstens 4 ist möglich."),
        ("plan --weeks 0", "Fehler: --weeks: mindestens 1 ist nötig."),
        ("notices --paper a9", "Fehler: --paper: „a9“ ist keines von: a4, a3."),
        ("plan --weeks x", "Fehler: --weeks: Eine ganze Zahl ist nötig."),
        ("plan --time-limit x", "Fehler: --time-limit: Eine Zahl ist nötig, mit Dezimalpunkt."),
        ("show 2026-W48 b", "Fehler: Ein Wort ist zu viel: b. „tours show --help“ zeigt,"),
        ("places list northeim", "Ein Wort ist zu viel: northeim. Den Arbeitsordner mit -w"),
    ],
)
def test_wrong_usage_is_one_german_sentence_with_a_remedy(
    line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said in called(capsys, *line.split())


def test_english_is_as_plain(capsys: pytest.CaptureFixture[str]) -> None:
    said = called(capsys, "plan", "--weeks", "9", language="en")
    assert said == "Error: --weeks: it must be at most 4. “tours plan --help” shows what there is."


@pytest.mark.parametrize("line", ["", "plan", "places", "places list", "explain", "export ics"])
def test_help_pages_are_german(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--lang", "de", *line.split(), "--help"])
    page = capsys.readouterr().out
    assert "Aufruf: tours" in page
    assert [word for word in ENGLISH if word in page] == []


@pytest.mark.parametrize(
    "line", ["visit log", "visit import", "visit tally", "hotspots", "hotspots explain"]
)
def test_what_a_command_takes_is_named_in_german(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["--lang", "de", *line.split(), "--help"])
    page = capsys.readouterr().out
    assert re.findall(r"\b(?:PLACE|FILE|REASON|QUARTER|ITEM|NUMBER)\b|[{[]file[]}]", page) == []


def test_the_same_page_is_english_after_a_german_one(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("de", "en"):
        main(["--lang", language, "plan", "--help"])
    set_language("de")
    assert "Arguments" in capsys.readouterr().out.split("Usage: tours")[1]


def test_without_a_command_the_help_page_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["--lang", "de"])
    captured = capsys.readouterr()
    assert (ending.value.code, "Aufruf: tours" in captured.out, captured.err) == (2, True, "")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (typer.BadParameter("something new"), "something new"),
        (USAGE_ERROR("Words of another version."), "Words of another version"),
    ],
)
def test_what_no_pattern_knows_stays_english(error: Exception, what: str) -> None:
    fault = usage_fault(error)
    assert fault is not None
    assert (fault.what, "tours --help" in fault.remedy) == (what, True)


def test_every_command_speaks() -> None:
    from typer.main import get_command

    from tours.cli.app import app

    speak(app)
    todo = [get_command(app)]
    while todo:
        command = todo.pop()
        assert isinstance(command, SpokenCommand | SpokenGroup)
        todo += getattr(command, "commands", {}).values()


@pytest.mark.parametrize(("text", "is_workspace"), [("Northeim", True), ("2026-W48", False)])
def test_a_region_in_place_of_something_else_is_known(text: str, is_workspace: bool) -> None:
    with speaking("en"):
        assert workspace_remedy(text) == (
            f"Name the workspace with -w {text}" if is_workspace else ""
        )
