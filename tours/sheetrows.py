"""The rows of a workbook, XLSX, with cells as a person would type them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from itertools import zip_longest
from zipfile import BadZipFile

from geodata.cells import Row
from geodata.errors import Fault
from geodata.language import translator

_ = translator("tours")


def sheet_rows(content: bytes, source: str, faults: list[Fault]) -> Iterator[Row]:
    """Yield the rows of the first sheet that holds something, cells as they would be typed."""
    from openpyxl import load_workbook
    from openpyxl.utils import get_column_letter
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheets = [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]
    except (
        InvalidFileException,
        BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        OSError,
        SyntaxError,
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
    filled = [
        lines
        for lines in (
            [
                (number, [_typed(cell) for cell in line])
                for number, line in enumerate(sheet, start=1)
                if any(cell is not None and str(cell).strip() for cell in line)
            ]
            for sheet in sheets
        )
        if lines
    ]
    if not filled:
        return
    (first, names), *lines = filled[0]
    names = [name.strip() for name in names]
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    for name in doubled:
        faults.append(
            Fault(
                _("There are two columns {column}").format(column=name),
                _("{file}, line {line}").format(file=source, line=first),
                _("Rename or remove one of them"),
            )
        )
    for number, values in [] if doubled else lines:
        # A line may end before the first one does, or go on beyond it.
        pairs = list(zip_longest(names, values, fillvalue=""))
        row = Row({name: value for name, value in pairs if name}, number, source, faults)
        for column, (name, value) in enumerate(pairs, start=1):
            if not name and value.strip():
                row.fault(
                    get_column_letter(column),
                    _("“{value}” stands in a column that has no name").format(value=value.strip()),
                    _("Name the column in the first line, or empty the cell"),
                )
        yield row


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
