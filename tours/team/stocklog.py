"""The log of the stock: what was counted, used and added on which day; stock_log.csv.

Lines are only added, each time by writing the whole file anew and putting it in the place of the
old one, while a lock keeps other writers waiting: a crash leaves the old file or the new one.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.cells import Row
from geodata.csvfile import columns_of, delimiter_of
from geodata.language import translator
from tours.filelock import locked
from tours.team.listfile import team_lines, team_text
from tours.writing import write_files

_ = translator("tours")

COLUMNS = ("date", "item", "change", "number", "logged_at")
REQUIRED = ("date", "item", "change", "number")
# The level is what was counted, and goes down by what was used and up by what was added.
CHANGES = ("count", "use", "add")
MOST = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log.

    Attributes
    ----------
    date : date
        Of the afternoon, or of the count.
    item : str
        Id of the item.
    change : str
        One of `CHANGES`.
    number : int
    """

    date: dt.date
    item: str
    change: str
    number: int

    def __post_init__(self) -> None:
        if self.change not in CHANGES:
            raise ValueError(f"change must be one of {CHANGES}, got {self.change!r}")
        if self.number < 0:
            raise ValueError(f"number must be 0 or more, got {self.number}")


def read_stock_log(text: str, source: str) -> tuple[Entry, ...]:
    """Read the log from the text of its file; an empty one holds nothing.

    Raises
    ------
    TeamError
        With every fault of the file, each with line, column and remedy.
    """
    return team_lines(text, source, REQUIRED, _entry)


def _entry(row: Row) -> Entry | None:
    """Return what a line says; faults are noted in the row."""
    before = len(row.faults)
    row.required("date")
    date, item = row.date("date"), row.required("item")
    row.required("change")
    change = row.choice("change", CHANGES, CHANGES[0])
    row.required("number")
    number = row.whole("number", 0, 0, MOST)
    if len(row.faults) > before or date is None:
        return None
    return Entry(date, item, change, number)


def load_stock_log(path: Path) -> tuple[Entry, ...]:
    """Read stock_log.csv; see `read_stock_log`. Without a file nothing is logged.

    Raises
    ------
    TeamError
        If the file cannot be read, is not UTF-8, or has faults.
    """
    return read_stock_log(team_text(path), path.name)


def add_entries(path: Path, entries: Iterable[Entry], *, now: dt.datetime) -> None:
    """Add lines to the log, all of them or none; a file that has faults is left as it is.

    Parameters
    ----------
    path : Path
    entries : iterable of Entry
    now : datetime
        UTC.

    Raises
    ------
    TeamError
        If the log has faults, or somebody else keeps it locked.
    WorkspaceError
        If it cannot be written.
    """
    with locked(path):
        text = team_text(path)
        read_stock_log(text, path.name)
        write_files({path: with_entries(text, list(entries), now).encode()})


def with_entries(text: str, entries: Sequence[Entry], now: dt.datetime) -> str:
    """Return the text of a log with further lines, written as those before; nothing else changes.

    Parameters
    ----------
    text : str
        An empty one gets its first line, too.
    entries : sequence of Entry
    now : datetime
        UTC.
    """
    text = text or ",".join(COLUMNS) + "\n"
    names, ending = columns_of(text), "\r\n" if "\r\n" in text else "\n"
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter_of(text), lineterminator=ending)
    for entry in entries:
        cells = {
            "date": entry.date.isoformat(),
            "item": entry.item,
            "change": entry.change,
            "number": str(entry.number),
            "logged_at": now.isoformat(),
        }
        writer.writerow([cells.get(name, "") for name in names])
    return text + ("" if text.endswith(("\n", "\r")) else ending) + out.getvalue()
