"""The command line as a person runs it, in German, and the files that it changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from geodata.language import set_language
from tours.__main__ import main

Run = Callable[..., tuple[int, str, str]]


def call(arguments: list[str]) -> int:
    """Run the command line and return its exit code."""
    try:
        main(["--lang", "de", *arguments])
    except SystemExit as ending:
        return int(ending.code or 0)
    finally:
        set_language("de")
    return 0


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def refused(run: Run, space: Path, *arguments: str) -> str:
    """Run a command that must fail without changing a file; return what it says."""
    before = contents(space)
    code, out, err = run(*arguments, "-w", space)
    assert (code, out, contents(space) == before) == (1, "", True)
    assert "Traceback" not in err
    return err
