"""The rows of a workbook, XLSX, with cells as a person would type them."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from zipfile import BadZipFile, ZipFile

from geodata.cells import Row
from geodata.errors import Fault
from geodata.language import translator
from geodata.printable import printable

_ = translator("tours")

_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
# What no cell of a workbook can hold.
_LOST = "\x00formula"


def sheet_rows(content: bytes, source: str, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of the first sheet that holds something, cells as they would be typed."""
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheets = _sheets(content, is_formulas=False)
        if _has_formulas(content):
            sheets = _with_lost_results(sheets, _sheets(content, is_formulas=True))
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        EOFError,
        RuntimeError,
        SyntaxError,
        zlib.error,
    ):
        # A parser of XML raises a kind of SyntaxError.
        faults.append(
            Fault(
                _("The file is no XLSX workbook"),
                source,
                _("Save it in the spreadsheet as XLSX, or as CSV"),
            )
        )
        return
    filled = next(filter(None, map(_filled_lines, sheets)), None)
    if filled is None:
        return
    (first, names), *lines = filled
    names = ["" if name == _LOST else name.strip() for name in names]
    if doubled := sorted({name for name in names if name and names.count(name) > 1}):
        for name in doubled:
            faults.append(
                Fault(
                    _("There are two columns {column}").format(column=name),
                    _("{file}, line {line}").format(file=source, line=first),
                    _("Rename or remove one of them"),
                )
            )
        return
    for number, values in lines:
        # A line may end before the first one does, or go on beyond it.
        pairs = list(zip_longest(names, values, fillvalue=""))
        row = Row({name: value for name, value in pairs if name}, number, source, faults)
        _check_cells(row, pairs)
        if _LOST not in values:
            yield row


def _filled_lines(sheet: list[tuple[object, ...]]) -> list[tuple[int, list[str]]]:
    """Return the lines of a sheet that hold something, each with its number."""
    return [
        (number, [_typed(cell) for cell in line])
        for number, line in enumerate(sheet, start=1)
        if any(cell is not None and str(cell).strip() for cell in line)
    ]


def _check_cells(row: Row, pairs: list[tuple[str, str]]) -> None:
    """Note formulas without a result, and cells in columns without a name."""
    from openpyxl.utils import get_column_letter

    for column, (name, value) in enumerate(pairs, start=1):
        if value == _LOST:
            row.fault(
                name or get_column_letter(column),
                _("The cell holds a formula and not what it comes to"),
                _("Open the file in the spreadsheet and save it once more"),
            )
        elif not name and value.strip():
            row.fault(
                get_column_letter(column),
                _("“{value}” stands in a column that has no name").format(
                    value=printable(value, 40)
                ),
                _("Name the column in the first line, or empty the cell"),
            )


def _sheets(content: bytes, *, is_formulas: bool) -> list[list[tuple[object, ...]]]:
    """Return the cells of each sheet: the results of formulas, or these themselves."""
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), read_only=True, data_only=not is_formulas)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _has_formulas(content: bytes) -> bool:
    with ZipFile(BytesIO(content)) as file:
        return any(
            _FORMULA.search(file.read(name))
            for name in file.namelist()
            if name.startswith("xl/worksheets/")
        )


def _with_lost_results(
    sheets: list[list[tuple[object, ...]]], formulas: list[list[tuple[object, ...]]]
) -> list[list[tuple[object, ...]]]:
    """Mark the cells whose formula has no result, as other programs write them: not empty."""
    return [
        [
            tuple(
                _LOST if cell is None and formula is not None else cell
                for cell, formula in zip(line, other, strict=True)
            )
            for line, other in zip(sheet, others, strict=True)
        ]
        for sheet, others in zip(sheets, formulas, strict=True)
    ]


def _typed(cell: object) -> str:
    """Return a cell of a workbook as a person would type it."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        # A time alone is one of the day before the first.
        if cell.year <= 1900:
            return _minute(cell.hour * 3600 + cell.minute * 60 + cell.second)
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.time):
        return _minute(cell.hour * 3600 + cell.minute * 60 + cell.second + cell.microsecond / 1e6)
    if isinstance(cell, dt.timedelta):
        return _minute(cell.total_seconds())
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _minute(seconds: float) -> str:
    # A time is a fraction of the day there, which may fall a little short.
    minutes = round(seconds / 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
