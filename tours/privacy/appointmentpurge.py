"""Past appointments without addresses: their cells in appointments.csv are emptied.

Kept are id, date, times, a meeting place by its id, and what says nothing about a person. All
other cells go, those of columns that the program does not know, too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from geodata.cells import Row
from geodata.language import translator
from tours.privacy.csvcells import Cell, cells_of, changed

_ = translator("tours")

# Stands as the name of an appointment whose address was removed.
REMOVED = "-"
KEPT = frozenset(
    {
        *("id", "date", "weekday", "until", "start", "latest", "end", "minutes"),
        *("place", "private", "unit", "status"),
    }
)


@dataclass(frozen=True, slots=True)
class PastAppointment:
    """An appointment whose address is due to be removed.

    Attributes
    ----------
    id : str
    last : date
        Its date, or the last one of those that came every week.
    columns : tuple of str
        Columns in which something stands that is to be removed.
    """

    id: str
    last: dt.date
    columns: tuple[str, ...]


def past_appointments(text: str, before: dt.date) -> tuple[PastAppointment, ...]:
    """Return the appointments before a day that still have an address, in order of the file."""
    return tuple(one for one, _cells in _due(text, before))


def without_addresses(text: str, before: dt.date) -> str:
    """Return the text of appointments.csv without the addresses of appointments before a day.

    Every other byte of it stays.
    """
    return changed(text, {c: new for _one, cells in _due(text, before) for c, new in cells.items()})


def _due(text: str, before: dt.date) -> Iterator[tuple[PastAppointment, dict[Cell, str]]]:
    """Yield each appointment that is due, with the cells to be changed and what they get."""
    rows = cells_of(text)
    names = [cell.text.strip() for cell in next(rows, ())]
    for row in rows:
        cells = dict(zip(names, row, strict=False))
        line = Row({name: cell.text for name, cell in cells.items()}, 0, "", [])
        last = line.date("date") or (line.date("until") if line.text("weekday") else None)
        if last is None or last >= before:
            continue
        found = {
            name: cell
            for name, cell in cells.items()
            if name not in KEPT
            and cell.text.strip()
            and not (name == "name" and cell.text.strip() == REMOVED)
        }
        if found:
            new = dict.fromkeys(found.values(), "")
            # So that an appointment at a point of its own is not taken for a forgotten address.
            if "name" in cells and not line.text("place"):
                new[cells["name"]] = REMOVED
            yield PastAppointment(line.text("id"), last, tuple(found)), new
