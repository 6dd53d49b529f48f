"""The cells of a CSV text where they stand, so that some are changed and no other byte is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from geodata.csvfile import delimiter_of


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a CSV text.

    Attributes
    ----------
    start, stop : int
        Where it stands, quotes included.
    text : str
        What it says.
    """

    start: int
    stop: int
    text: str


def cells_of(text: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each line that is not blank; a quoted cell may span lines.

    Cells end where `geodata.csvfile` ends them.
    """
    start = 1 if text.startswith("\ufeff") else 0
    delimiter = delimiter_of(text)
    row: list[Cell] = []
    begin, position, is_quoted = start, start, False
    while position <= len(text):
        letter = text[position] if position < len(text) else ""
        if is_quoted and letter:
            if text.startswith('""', position):
                position += 1
            elif letter == '"':
                is_quoted = False
        elif letter == '"' and position == begin:
            is_quoted = True
        elif letter in (delimiter, "\r", "\n", ""):
            row.append(Cell(begin, position, _plain(text[begin:position])))
            begin = position + 1
            if letter != delimiter:
                if any(cell.text.strip() for cell in row):
                    yield tuple(row)
                row = []
        position += 1


def _plain(raw: str) -> str:
    if raw.startswith('"') and raw.endswith('"') and len(raw) > 1:
        return raw[1:-1].replace('""', '"')
    return raw


def changed(text: str, changes: Mapping[Cell, str] | Iterable[tuple[Cell, str]]) -> str:
    """Return a text with other words in some cells.

    Parameters
    ----------
    text : str
    changes : Mapping of Cell to str
        New words without quotes, delimiters and line ends.
    """
    found = dict(changes)
    parts: list[str] = []
    done = 0
    for cell in sorted(found, key=lambda cell: cell.start):
        parts += [text[done : cell.start], found[cell]]
        done = cell.stop
    return "".join([*parts, text[done:]])
