"""A list that the team keeps as a CSV file: its text and its lines, or why these are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from geodata.cells import Row
from geodata.csvfile import csv_rows, reading
from geodata.errors import Fault
from geodata.language import translator
from tours.errors import TeamError

_ = translator("tours")

Line = TypeVar("Line")


def team_text(path: Path) -> str:
    """Return the text of a list; empty where there is no file.

    Raises
    ------
    TeamError
        If the file cannot be read or is not UTF-8.
    """
    what = _("The list cannot be read ({reason})")
    remedy = _("Restore the file from a copy, or remove it")
    with reading(path, TeamError, what, remedy):
        try:
            return path.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ""


def team_lines(
    text: str, source: str, required: Sequence[str], made: Callable[[Row], Line | None]
) -> tuple[Line, ...]:
    """Read the lines of a list; those that begin with # are comments.

    Parameters
    ----------
    text : str
        An empty one holds none.
    source : str
        Name of the file, for the messages.
    required : sequence of str
        Columns that must be there.
    made : callable
        Returns what a line says, or notes its faults in the row.

    Raises
    ------
    TeamError
        With every fault of the file, each with line, column and remedy.
    """
    if not text:
        return ()
    faults: list[Fault] = []
    rows = csv_rows(text, source, required, faults, has_comments=True)
    found = [made(row) for row in rows]
    if faults:
        raise TeamError.collected(faults)
    return tuple(line for line in found if line is not None)


def begun(lines: tuple[Line, ...], path: Path, columns: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a list that a command is about.

    Raises
    ------
    TeamError
        If there is none, with how to begin.
    """
    if lines:
        return lines
    what = _("The list holds no line yet") if path.is_file() else _("The list is not there yet")
    remedy = _("Write {columns} into the first line, and a line of your own for each below")
    raise TeamError(what, where=str(path), remedy=remedy.format(columns=", ".join(columns)))
