"""The rows of the visit log: to and from SQLite, and which of them stand."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass

from geodata.language import translator
from tours.errors import VisitError
from tours.visits.visit import Change, PlannedStop, Visit, in_order

_ = translator("tours")

_VISIT_COLUMNS = (
    *("place", "date", "arrival_s", "departure_s", "met", "new", "reason"),
    *("week", "tour", "planned_arrival_s", "planned_start_s", "planned_departure_s"),
    *("logged_at", "replaces", "is_withdrawn"),
)
# More than was ever met at a stop, and later than any afternoon ends.
_MOST = 1_000_000
_LATEST_S = 48 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the log.

    Attributes
    ----------
    number : int
        Its own number.
    visit : Visit
        Its id is the number of the first row about this visit.
    is_withdrawn : bool
        Whether the row takes the visit back.
    """

    number: int
    visit: Visit
    is_withdrawn: bool


@dataclass(frozen=True, slots=True)
class Entries:
    """All rows of the log, as they are seen inside one transaction.

    Attributes
    ----------
    rows : tuple of Entry
        In the order in which they were logged.
    """

    rows: tuple[Entry, ...]

    @property
    def current(self) -> dict[int, Entry]:
        """The last row about each visit, by the visit's id."""
        return {row.visit.id: row for row in self.rows}

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The visits as they stand, in order; those taken back are none."""
        return in_order([row.visit for row in self.current.values() if not row.is_withdrawn])

    def history(self, id_: int) -> tuple[Entry, ...]:
        """Return the rows about a visit, oldest first."""
        return tuple(row for row in self.rows if row.visit.id == id_)


class UnreadableRowError(Exception):
    """A row holds what no version of the program writes."""


def moment_text(now: dt.datetime) -> str:
    """Return a moment as the log writes it: UTC, whole seconds."""
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def insert_change(connection: sqlite3.Connection, change: Change, now: dt.datetime) -> None:
    """Add what the team says about a place."""
    connection.execute(
        "INSERT INTO changes (place, date, has_changed, logged_at) VALUES (?, ?, ?, ?)",
        (change.place, change.date.isoformat(), change.has_changed, moment_text(now)),
    )


def insert_visit(
    connection: sqlite3.Connection, visit: Visit, replaces: int | None, is_withdrawn: bool
) -> int:
    """Add a row about a visit and return its number."""
    planned = visit.planned
    values = (
        *(visit.place, visit.date.isoformat(), visit.arrival_s, visit.departure_s),
        *(visit.met, visit.new, visit.reason),
        *((None,) * 5 if planned is None else astuple(planned)),
        *(moment_text(visit.logged_at or dt.datetime.now(dt.UTC)), replaces, is_withdrawn),
    )
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO visits ({', '.join(_VISIT_COLUMNS)}) VALUES ({marks})", values
    )
    return int(cursor.lastrowid or 0)


def standing(entries: Entries, id_: int) -> Entry:
    """Return the last row about a visit that was not taken back.

    Raises
    ------
    VisitError
        If there is no such visit.
    """
    row = entries.current.get(id_)
    if row is None or row.is_withdrawn:
        what = (
            _("There is no visit {id}") if row is None else _("Visit {id} was already taken back")
        )
        raise VisitError(
            what.format(id=id_), remedy=_("“tours visit list” shows the visits with their numbers")
        )
    return row


def read_entries(connection: sqlite3.Connection) -> Entries:
    """Return all rows about visits.

    Raises
    ------
    UnreadableRowError
        With the number of the row.
    """
    roots: dict[int, int] = {}
    rows: list[Entry] = []
    columns = ", ".join(("id", *_VISIT_COLUMNS))
    for number, *cells in connection.execute(f"SELECT {columns} FROM visits ORDER BY id"):
        place, date, arrival, departure, met, new, reason = cells[:7]
        week, tour, *planned = cells[7:12]
        logged_at, replaces, is_withdrawn = cells[12:]
        roots[number] = roots.get(replaces, number)
        try:
            times = (arrival, departure, *(planned if week is not None else ()))
            _check_cells((place, reason), times, (met, new))
            visit = Visit(
                place=place,
                date=dt.date.fromisoformat(date),
                arrival_s=arrival,
                departure_s=departure,
                met=met,
                new=new,
                reason=reason,
                planned=None if week is None else PlannedStop(week, tour, *planned),
                id=roots[number],
                logged_at=dt.datetime.fromisoformat(logged_at),
            )
        except (ValueError, TypeError) as error:
            raise UnreadableRowError(number) from error
        rows.append(Entry(number, visit, bool(is_withdrawn)))
    return Entries(tuple(rows))


def _check_cells(
    texts: Iterable[object], times: Iterable[object], numbers: Iterable[object]
) -> None:
    """Refuse what SQLite lets stand in any column."""
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("text")
    for most, cells in ((_LATEST_S, times), (_MOST, numbers)):
        if not all(isinstance(cell, int) and 0 <= cell <= most for cell in cells):
            raise ValueError("number")


def read_changes(connection: sqlite3.Connection) -> tuple[Change, ...]:
    """Return the last word of the team about each place and day."""
    found: dict[tuple[str, str], Change] = {}
    for number, place, date, has_changed in connection.execute(
        "SELECT id, place, date, has_changed FROM changes ORDER BY id"
    ):
        try:
            _check_cells((place,), (), (has_changed,))
            found[date, place] = Change(place, dt.date.fromisoformat(date), bool(has_changed))
        except (ValueError, TypeError) as error:
            raise UnreadableRowError(number) from error
    return tuple(found[key] for key in sorted(found))
