"""Public notices as a person orders them: paper, languages, and what is no longer public."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from commandline import Run, change
from pdf_words import Page, read_pdf
from sheet_examples import plan, stop, tour

from tours.plan import Plan, render_plan

WEEK, LATER = "2026-W48", "2026-W49"
LIBRARY = "abbensen-buecherei"


@pytest.fixture
def space(tmp_path: Path, run: Run) -> Path:
    """Return a workspace with a plan of two places."""
    folder = tmp_path / "peine"
    run("init", "peine", folder)
    (folder / "plans").mkdir()
    halts = [stop(0, name="Bücherei", place_id=LIBRARY), stop(1, name="Dorfplatz")]
    write_plan(folder, plan(tour(0, halts)))
    return folder


def write_plan(folder: Path, some: Plan) -> None:
    (folder / "plans" / f"{some.week}.json").write_text(render_plan(some), encoding="utf-8")


def pages(space: Path) -> list[Page]:
    return read_pdf((space / "out" / WEEK / "notices.pdf").read_bytes())


def set_languages(space: Path, languages: str) -> None:
    settings = space / "region.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}\n[notice]\nlanguages = [{languages}]\n", encoding="utf-8")


def test_notices_are_written_where_the_last_line_says(space: Path, run: Run) -> None:
    code, out, _err = run("notices", WEEK, "-w", space)
    assert (code, out.splitlines()[-1]) == (0, str(space / "out" / WEEK / "notices.pdf"))
    assert [page.has("The bus for young people") for page in pages(space)] == [True, True]


def test_what_only_repeats_the_plan_is_told(space: Path, run: Run) -> None:
    assert f"Termine nach {WEEK} wiederholen den Plan" in run("notices", "-w", space)[1]


def test_a_later_plan_is_heeded(space: Path, run: Run) -> None:
    days = tour(0, [stop(0, name="Bücherei", place_id=LIBRARY, hours=17.0)])
    monday = replace(days, date=days.date.replace(day=30))
    write_plan(space, replace(plan(monday), week=LATER))
    _code, out, _err = run("notices", WEEK, "-w", space)
    assert f"Termine nach {LATER} wiederholen den Plan" in " ".join(out.split())
    first, second = pages(space)
    assert first.has("Montag, 30. November 17:05–17:20")
    assert second.has("Montag, 30. November entfällt")
    assert not second.has("7. Dezember")


def test_a_later_plan_that_is_unreadable_is_told_and_left_out(space: Path, run: Run) -> None:
    (space / "plans" / f"{LATER}.json").write_text("{", encoding="utf-8")
    code, _out, err = run("notices", WEEK, "-w", space)
    assert code == 0
    assert f"der Plan für {LATER} wird übergangen" in err


@pytest.mark.parametrize(("old", "new"), [(",yes,active", ",no,active"), ("active", "retired")])
def test_a_place_that_is_no_longer_public_gets_no_notice(
    space: Path, run: Run, old: str, new: str
) -> None:
    places = space / "places.csv"
    lines = places.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(i for i, line in enumerate(lines) if line.startswith(LIBRARY))
    lines[number] = lines[number].replace(old, new)
    places.write_text("".join(lines), encoding="utf-8")
    run("notices", "-w", space)
    (page,) = pages(space)
    assert page.has("Dorfplatz")


def test_paper_a3(space: Path, run: Run) -> None:
    assert run("notices", "-w", space, "--paper", "a3")[0] == 0
    assert b"/MediaBox[0 0 841.88" in (space / "out" / WEEK / "notices.pdf").read_bytes()
    assert run("notices", "-w", space, "--paper", "a5")[0] == 2


def test_languages_are_those_of_the_settings_whatever_the_terminal_speaks(
    space: Path, run: Run
) -> None:
    set_languages(space, '"tr"')
    run("notices", "-w", space)
    assert pages(space)[0].has("Gençlik otobüsü")
    assert not pages(space)[0].has("junge Leute")


def test_a_team_adds_a_language_by_a_file(space: Path, run: Run) -> None:
    (space / "notice").mkdir()
    (space / "notice" / "de.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "cancelled"\nmsgstr "fällt aus"\n',
        encoding="utf-8",
    )
    change(space / "region.toml", '"12-31 Silvester"', '"11-30 Inventur"')
    run("notices", "-w", space)
    assert pages(space)[0].has("fällt aus")


@pytest.mark.parametrize("command", [("notices",), ("plan", "--week", LATER)])
def test_a_language_without_sentences_stops_before_anything_is_done(
    space: Path, run: Run, command: tuple[str, ...]
) -> None:
    set_languages(space, '"fr"')
    code, out, err = run(*command, "-w", space)
    assert (code, out) == (1, "")
    assert "Für Aushänge in der Sprache „fr“ gibt es keine Sätze" in err
    assert not (space / "out").exists()
    assert not (space / "plans" / f"{LATER}.json").exists()
