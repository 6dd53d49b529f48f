"""A CSV file as spreadsheets write it: comma or semicolon, any line ends, its lines as rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from geodata.cells import Row
from geodata.errors import Fault, OutreachError
from geodata.filefault import line_of, reason_of
from geodata.language import translator

_ = translator("geodata")


def plain_breaks(text: str) -> str:
    """Return a text with the line ends of Unix."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def csv_line(cells: Iterable[object], delimiter: str = ",", end: str = "\n") -> str:
    """Return a line of a table; a cell with a line break of any kind is put in quotes."""
    out = io.StringIO()
    # The writer looks for the letters of its own line end only.
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    return out.getvalue().removesuffix("\r\n") + end


@contextmanager
def reading(path: Path, kind: type[OutreachError], what: str, remedy: str) -> Iterator[None]:
    """Turn what stops the reading of a table inside into a fault of a kind.

    Parameters
    ----------
    path : Path
    kind : type of OutreachError
    what, remedy : str
        Of the fault where the file cannot be read; ``{reason}`` in the first is why.

    Raises
    ------
    OutreachError
        If the file cannot be read or is not UTF-8.
    """
    try:
        yield
    except OSError as error:
        said = what.format(reason=reason_of(error))
        raise kind(said, where=str(path), remedy=remedy) from error
    except UnicodeDecodeError as error:
        raise kind(
            _("The file is not UTF-8 (line {line})").format(line=line_of(error)),
            where=str(path),
            remedy=_("Save it in the spreadsheet as “CSV UTF-8”"),
        ) from error


# A line whose first cell begins with it is explanation, in the files where that is allowed.
COMMENT = "#"


def csv_rows(
    text: str,
    source: str,
    required: Sequence[str],
    faults: list[Fault],
    *,
    has_comments: bool = False,
    named: Callable[[Sequence[str]], list[str]] = list,
) -> Iterator[Row]:
    """Yield the rows of a table that are not blank and as wide as its first line.

    With or without a byte order mark. Faults of the file as a whole are noted; if its first
    line has one, no row is yielded.

    Parameters
    ----------
    text : str
    source : str
        Name of the file, for the messages.
    required : sequence of str
        Columns that must be there.
    faults : list of Fault
        What is found wrong is added.
    has_comments : bool
        Leave out the lines below the first that begin with `COMMENT`.
    named : callable
        Returns our names of the columns for those that the file has.
    """
    # Lines end as on Windows or on old Macs, too, and those within a cell as well.
    lines = plain_breaks(text.removeprefix("\ufeff"))
    delimiter = delimiter_of(lines)
    before = len(faults)
    found = _lines(lines, delimiter, source, faults)
    first_line, first_cells = next(found, (1, []))
    typed = [name.strip() for name in first_cells]
    names = named(typed)
    if len(faults) == before and required and not set(names) & set(required):
        faults.append(_no_table(lines, required, first_line, source))
    elif len(faults) == before:
        faults += _column_faults(names, required, first_line, source)
    if len(faults) > before:
        return
    for line, values in found:
        if has_comments and values[0].lstrip().startswith(COMMENT):
            continue
        cells = {name: value for name, value in zip(names, values, strict=False) if name}
        row = Row(cells, line, source, faults, dict(zip(names, typed, strict=True)))
        if len(values) != len(names):
            row.fault(
                names[-1],
                _("The line has another number of cells than the first line"),
                _("Put a text that contains “{delimiter}” in double quotes").format(
                    delimiter=delimiter
                ),
            )
            continue
        for column, (name, value) in enumerate(zip(names, values, strict=True), start=1):
            if not name and value.strip():
                row.fault(
                    str(column),
                    _("“{value}” stands in a column that has no name").format(value=value.strip()),
                    _("Name the column in the first line, or empty the cell"),
                )
        yield row


def delimiter_of(text: str) -> str:
    """Return what stands between the cells of a table."""
    header = plain_breaks(text).lstrip("\ufeff \t\n").split("\n", 1)[0]
    # Of equal numbers the first of these; some programs put tabs between cells.
    return max((",", ";", "\t"), key=header.count)


def columns_of(text: str) -> list[str]:
    """Return the names of the columns in the first line of a table, as far as it is one."""
    header = plain_breaks(text).lstrip("\ufeff \t\n").split("\n", 1)[0]
    try:
        names = next(csv.reader([header], delimiter=delimiter_of(text)), [])
    except csv.Error:
        return []  # reading the table will say why
    return [name.strip() for name in names]


def _lines(
    text: str, delimiter: str, source: str, faults: list[Fault]
) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that are not blank, each with the number of its first one."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        faults.append(
            Fault(
                _("The line cannot be read"),
                _("{file}, line {line}").format(file=source, line=line),
                _("Look for a double quote that is not closed"),
            )
        )


def _no_table(text: str, required: Sequence[str], line: int, source: str) -> Fault:
    if not text.strip():
        what = _("The file is empty")
    else:
        what = _("The first line does not name the columns")
    return Fault(
        what,
        _("{file}, line {line}").format(file=source, line=line),
        _(
            "Write the names of the columns there, with commas or semicolons between them; needed "
            "are: {names}"
        ).format(names=", ".join(required)),
    )


def _column_faults(
    names: Sequence[str], required: Sequence[str], line: int, source: str
) -> list[Fault]:
    where = _("{file}, line {line}").format(file=source, line=line)
    faults = [
        Fault(
            _("Column {column} is missing").format(column=column),
            where,
            _("Add it to the first line; needed are: {names}").format(names=", ".join(required)),
        )
        for column in required
        if column not in names
    ]
    faults += [
        Fault(
            _("There are two columns {column}").format(column=column),
            where,
            _("Rename or remove one of them"),
        )
        for column, number in Counter(names).items()
        if column and number > 1
    ]
    return faults
