"""The entrance of the command line: language, version, help of every command, interrupts."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import warnings
from pathlib import Path

import pytest
from commandline import Run
from typer import Context
from typer.main import get_command

from geodata.language import set_language
from tours.__main__ import main
from tours.cli.entrance import is_interrupt, spoken_language


@pytest.mark.parametrize(
    ("locale", "language"), [("en_GB.UTF-8", "en"), ("de_DE.UTF-8", "de"), ("C", "de")]
)
def test_the_locale_chooses_the_language(
    locale: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert spoken_language(["show"]) == (language, False, ["show"])


def test_lang_is_taken_from_anywhere_in_the_line() -> None:
    assert spoken_language(["show", "--lang", "en", "-w", "x"]) == ("en", True, ["show", "-w", "x"])


def test_lang_without_a_language_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main(["show", "--lang"])
    set_language("de")
    err = capsys.readouterr().err
    assert (ending.value.code, "--lang" in err, err.count("\n")) == (2, True, 1)


def test_lang_is_among_the_options_of_the_program(run: Run) -> None:
    assert "--lang" in run("--help")[1]


def test_version_is_that_of_the_distribution(run: Run) -> None:
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8")
    assert run("--version") == (0, f"tours {tomllib.loads(text)['project']['version']}\n", "")


def commands() -> list[str]:
    """Return every command, as it is typed."""
    from tours.cli.app import app

    root = get_command(app)
    names: list[str] = []
    context = Context(root)
    for name in getattr(root, "commands", {}):
        command = root.get_command(context, name)  # type: ignore[attr-defined]  # a group, says Typer
        children = getattr(command, "commands", {})
        names += [f"{name} {child}" for child in children] or [name]
    return names


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help(command: str, run: Run) -> None:
    code, out, _err = run(*command.split(), "--help")
    assert (code, len(out) > 100) == (0, True)


@pytest.mark.parametrize("command", commands())
def test_every_command_is_in_the_readme(command: str) -> None:
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert f"`tours {command}" in text


def test_an_interrupt_inside_compiled_code_is_known_as_one() -> None:
    try:
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as interrupt:
            raise SystemError("returned a result with an exception set") from interrupt
    except SystemError as error:
        assert is_interrupt(error)


def test_an_interrupt_while_the_program_starts_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_language: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tours.cli.terminal.set_paper_language", interrupted)
    code, out, err = run("--version")
    assert (code, out, err.count("\n")) == (130, "", 1)


def test_next_to_nothing_is_loaded_before_interrupts_are_caught() -> None:
    code = "import sys, tours.__main__; print({'babel', 'rich', 'typer'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_what_libraries_tell_programmers_is_not_printed(
    run: Run, recwarn: pytest.WarningsRecorder
) -> None:
    run("--version")
    warnings.warn("column 3 looks odd", stacklevel=1)
    assert len(recwarn) == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "x", "/a/b.csv"), "Fehler: /a/b.csv: Die Datei ist nicht benutzbar"),
        (OSError(28, "x"), "Fehler: Die Ausgabe kann nicht geschrieben werden"),
    ],
)
def test_a_refusal_of_the_system_names_the_file_if_it_is_one(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    def refused(_self: object) -> list[str]:
        raise error

    monkeypatch.setattr("tours.workspace.Workspace.weeks", refused)
    run("init", "peine", tmp_path / "peine")
    code, _out, err = run("show", "-w", tmp_path / "peine")
    assert (code, err.startswith(said), err.count("\n")) == (1, True, 1)


def test_of_very_many_faults_the_first_are_listed(run: Run, tmp_path: Path) -> None:
    run("init", "peine", tmp_path / "peine")
    with (tmp_path / "peine" / "places.csv").open("a", encoding="utf-8") as file:
        file.write("x\n" * 5_000)
    code, _out, err = run("places", "check", "-w", tmp_path / "peine")
    assert (code, len(err.splitlines())) == (1, 101)
    assert err.splitlines()[-1] == "4900 weitere Fehler sind nicht aufgeführt"


def test_another_fault_is_no_interrupt() -> None:
    assert not is_interrupt(SystemError("returned a result with an exception set"))
