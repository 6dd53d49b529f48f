"""Lists as offices keep them, CSV or XLSX: their rows, and which of their columns are known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from geodata.cells import Row
from geodata.csvfile import csv_rows
from geodata.errors import Fault
from geodata.filefault import reason_of
from geodata.language import translator
from geodata.spelling import plain_word
from tours.errors import VisitError
from tours.sheetrows import sheet_rows

_ = translator("tours")

MOST_BYTES = 20_000_000
# How a workbook begins, whatever its file is called: today's (a ZIP archive) and the old ones.
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def list_rows(path: Path, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of a list.

    Parameters
    ----------
    path : Path
        Ends in .xlsx, or is a CSV file in UTF-8 or as Windows writes it.
    faults : list of Fault
        What is found wrong is added.

    Raises
    ------
    VisitError
        If the file cannot be read at all.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise VisitError(
                _("The file is too large for a list"),
                where=str(path),
                remedy=_("Import it in parts"),
            )
        content = path.read_bytes()
    except VisitError:
        raise
    except OSError as error:
        raise VisitError(
            _("The list cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Check the path of the file"),
        ) from error
    if path.suffix.lower() in (".xlsx", ".xlsm") or content.startswith(_BOOKS):
        return sheet_rows(content, path.name, faults)
    return csv_rows(_decoded(content), path.name, (), faults)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # German spreadsheets still write this; every byte has a letter in it but five.
        return content.decode("cp1252", errors="replace")


def known_columns(
    row: Row, headers: Mapping[str, Sequence[str]]
) -> tuple[dict[str, str], list[str]]:
    """Return the file's name of each column that is known, and the names of the others.

    Two that mean the same are noted.

    Parameters
    ----------
    row : Row
        Any of the file.
    headers : Mapping of str to sequence of str
        Plain names that each column can have.
    """
    found: dict[str, str] = {}
    others: list[str] = []
    for name in row.beyond(()):
        plain = plain_word(name)
        field = next((field for field, words in headers.items() if plain in words), None)
        if field is None:
            others.append(name)
        elif field in found:
            row.fault(
                name,
                _("The columns {first} and {second} mean the same").format(
                    first=found[field], second=name
                ),
                _("Rename or remove one of them"),
            )
        else:
            found[field] = name
    return found, others


def missing_column(names: Sequence[str]) -> tuple[str, str, str]:
    """Return the name of a column that is missing, what is wrong, and what to do about it.

    Parameters
    ----------
    names : sequence of str
        What it can be called, the first one first.
    """
    return (
        names[0].title(),
        _("The column is missing"),
        _("Name a column of the first line so; it can also be called: {names}").format(
            names=", ".join(word.title() for word in names[1:])
        ),
    )
