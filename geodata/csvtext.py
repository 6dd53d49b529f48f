"""Changes in a CSV file that leave everything else as it is, to the byte.

People keep such files in a spreadsheet: its separators, line ends, quotes, decimal commas, byte
order mark and columns of their own stay.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from geodata.csvfile import delimiter_of, plain_breaks

# Columns of numbers that are not whole, in any file of ours.
FRACTIONS = ("lon", "lat", "start_weight")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_COMMA_NUMBER = re.compile(r"\s*-?\d+,\d+\s*")


@dataclass(frozen=True, slots=True)
class CsvText:
    """The text of a CSV file, to be changed; see `csv_text`.

    Attributes
    ----------
    mark : str
        The byte order mark, or nothing.
    delimiter, newline : str
    columns : tuple of str
        Our names for those in the first line.
    records : tuple of (str, tuple of str)
        Each line that is one record, with its line end as it is, and its cells; the first line
        and blank ones included.
    has_decimal_comma : bool
    """

    mark: str
    delimiter: str
    newline: str
    columns: tuple[str, ...]
    records: tuple[tuple[str, tuple[str, ...]], ...]
    has_decimal_comma: bool

    def __str__(self) -> str:
        return self.mark + "".join(raw for raw, _cells in self.records)

    def empty(self, columns: Sequence[str]) -> CsvText:
        """Return a file with the first line only, written as this one is."""
        head = self._line(columns, self.newline), tuple(columns)
        return replace(self, columns=tuple(columns), records=(head,))

    def with_rows(self, rows: Iterable[Mapping[str, str]]) -> CsvText:
        """Return the text with rows at its end; cells without a column are left away.

        Parameters
        ----------
        rows : iterable of Mapping of str to str
            By column; numbers with a decimal point are written as the file does.
        """
        records = list(self.records)
        if records and not records[-1][0].endswith(("\r", "\n")):
            raw, cells = records[-1]
            records[-1] = raw + self.newline, cells
        for row in rows:
            cells = tuple(self._written(name, row.get(name, "")) for name in self.columns)
            records.append((self._line(cells, self.newline), cells))
        return replace(self, records=tuple(records))

    def with_cell(self, key: str, value: str, column: str, text: str) -> CsvText:
        """Return the text with another cell in each record whose column `key` holds `value`."""
        where, which = self.columns.index(column), self.columns.index(key)
        records = list(self.records)
        for number, (raw, cells) in enumerate(records):
            if len(cells) <= max(where, which) or cells[which].strip() != value or not number:
                continue
            changed = (*cells[:where], self._written(column, text), *cells[where + 1 :])
            end = raw[len(raw.rstrip("\r\n")) :]
            records[number] = self._line(changed, end), changed
        return replace(self, records=tuple(records))

    def without(self, key: str, values: Iterable[str]) -> CsvText:
        """Return the text without the records whose column `key` holds one of some values."""
        which, unwanted = self.columns.index(key), {*values}
        kept = [
            (raw, cells)
            for number, (raw, cells) in enumerate(self.records)
            if not number or len(cells) <= which or cells[which].strip() not in unwanted
        ]
        return replace(self, records=tuple(kept))

    def _written(self, column: str, text: str) -> str:
        is_number = column in FRACTIONS and self.has_decimal_comma
        return text.replace(".", ",") if is_number else plain_breaks(text)

    def _line(self, cells: Sequence[str], end: str) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=self.delimiter, lineterminator=end).writerow(cells)
        return out.getvalue()


def csv_text(text: str, named: Callable[[Sequence[str]], list[str]] = list) -> CsvText:
    """Take a file apart that `geodata.csvfile.csv_rows` reads without a fault.

    Parameters
    ----------
    text : str
    named : callable
        Returns our names of the columns for those that the file has.

    Raises
    ------
    ValueError
        If it is no table.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix(mark)
    delimiter = delimiter_of(plain_breaks(body))
    lines = _LINE.findall(body)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    records: list[tuple[str, tuple[str, ...]]] = []
    before = ""
    start = 0
    try:
        for cells in reader:
            raw = before + "".join(lines[start : reader.line_num])
            start = reader.line_num
            # Blank lines above the first one belong to it.
            is_head = not records
            if is_head and not any(cell.strip() for cell in cells):
                before = raw
                continue
            before = ""
            records.append((raw, tuple(cells)))
    except csv.Error as error:
        raise ValueError(f"text must be a table, got {error}") from error
    if not records:
        raise ValueError("text must have a first line, got none")
    columns = tuple(named([name.strip() for name in records[0][1]]))
    ends = re.search(r"\r\n|\r|\n", body)
    return CsvText(
        mark,
        delimiter,
        ends[0] if ends else "\n",
        columns,
        tuple(records),
        _has_decimal_comma(columns, [cells for _raw, cells in records[1:]]),
    )


def _has_decimal_comma(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """Tell whether longitudes and latitudes are written with a comma."""
    where = [number for number, name in enumerate(columns) if name in ("lon", "lat")]
    return any(
        _COMMA_NUMBER.fullmatch(cells[number])
        for cells in rows
        for number in where
        if number < len(cells)
    )
