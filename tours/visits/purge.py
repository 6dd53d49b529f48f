"""Old visits leave the log: their rows go, sums of place and month stay, and what they taught."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass

from geodata.language import translator
from tours.errors import VisitError
from tours.hotspots.learned import read_learned, render_learned
from tours.hotspots.ledger import Learned
from tours.visits.rows import (
    Entries,
    Entry,
    UnreadableRowError,
    moment_text,
    read_changes,
    read_entries,
)
from tours.visits.visit import Journal, MonthSum, Visit

_ = translator("tours")

# Returns what the visits of a journal have taught.
Learn = Callable[[Journal], Learned]


@dataclass(frozen=True, slots=True)
class Purge:
    """That something was removed since it was too old.

    Attributes
    ----------
    what : str
        ``visits``, ``appointments``, ``plans``, ``papers``, ``exports``, ``copies`` or
        ``drafts``.
    number : int
        Rows of the log or of appointments.csv, or files.
    before : date
        What was dated before this day.
    at : datetime
        UTC.
    """

    what: str
    number: int
    before: dt.date
    at: dt.datetime


def rows_before(entries: Entries, day: dt.date) -> tuple[Entry, ...]:
    """Return all rows about visits before a day, corrections and withdrawals among them."""
    old = {id_ for id_, row in entries.current.items() if row.visit.date < day}
    return tuple(row for row in entries.rows if row.visit.id in old)


def sums_of(visits: Iterable[Visit]) -> tuple[MonthSum, ...]:
    """Return sums of place and month, in order of month and place."""
    return merged(
        MonthSum(
            place=visit.place,
            month=visit.date.replace(day=1),
            visits=int(visit.took_place),
            missed=int(not visit.took_place),
            dwell_s=visit.dwell_s,
            met=visit.met,
            new=visit.new,
        )
        for visit in visits
    )


def merged(sums: Iterable[MonthSum]) -> tuple[MonthSum, ...]:
    """Return one sum per place and month, in order of month and place."""
    found: dict[tuple[dt.date, str], MonthSum] = {}
    for one in sums:
        key = one.month, one.place
        before = found.get(key, MonthSum(one.place, one.month, 0, 0, 0, 0, 0))
        found[key] = MonthSum(
            one.place,
            one.month,
            *(a + b for a, b in zip(astuple(before)[2:], astuple(one)[2:], strict=True)),
        )
    return tuple(found[key] for key in sorted(found))


def remove_visits(
    connection: sqlite3.Connection,
    before: dt.date,
    learn: Learn,
    now: dt.datetime,
    expected: frozenset[int] | None = None,
) -> int:
    """Put sums in the place of all visits before a day, and return how many rows went.

    Inside a transaction of the caller's. The bytes are overwritten if the connection is set so.

    Parameters
    ----------
    connection : Connection
    before : date
    learn : callable
        Returns what the visits of a journal have taught.
    now : datetime
        UTC.
    expected : frozenset of int or None
        Numbers of the rows that somebody has agreed to; None for whichever there are.

    Raises
    ------
    VisitError
        If other rows are due.
    """
    entries = read_entries(connection)
    rows = rows_before(entries, before)
    if expected is not None and expected != {row.number for row in rows}:
        raise VisitError(
            _("The visit log has changed since it was looked at; nothing was removed from it"),
            remedy=_("Look again with “tours privacy purge”"),
        )
    if not rows:
        return 0
    old = tuple(visit for visit in entries.visits if visit.date < before)
    changes = tuple(change for change in read_changes(connection) if change.date < before)
    learned = learn(Journal(old, changes, learned=last_learned(connection)))
    purge = note_purge(connection, Purge("visits", len(rows), before, now))
    connection.executemany(
        "INSERT INTO month_sums (purge, place, month, visits, missed, seconds, met, new) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(purge, one.place, f"{one.month:%Y-%m}", *astuple(one)[2:]) for one in sums_of(old)],
    )
    connection.execute(
        "INSERT INTO learned (purge, state) VALUES (?, ?)", (purge, render_learned(learned))
    )
    numbers = [(row.number,) for row in rows]
    connection.executemany("INSERT INTO being_removed (row) VALUES (?)", numbers)
    connection.execute("DELETE FROM visits WHERE id IN (SELECT row FROM being_removed)")
    connection.execute("DELETE FROM being_removed")
    return len(rows)


def note_purge(connection: sqlite3.Connection, purge: Purge) -> int:
    """Write down that something was removed, and return the number of the note."""
    cursor = connection.execute(
        "INSERT INTO purges (what, number, before, purged_at) VALUES (?, ?, ?, ?)",
        (purge.what, purge.number, purge.before.isoformat(), moment_text(purge.at)),
    )
    return int(cursor.lastrowid or 0)


def read_purges(connection: sqlite3.Connection) -> tuple[Purge, ...]:
    """Return what was removed, oldest first."""
    found: list[Purge] = []
    for id_, what, number, before, at in connection.execute(
        "SELECT id, what, number, before, purged_at FROM purges ORDER BY id"
    ):
        try:
            day, moment = dt.date.fromisoformat(before), dt.datetime.fromisoformat(at)
        except (ValueError, TypeError) as error:
            raise UnreadableRowError(id_) from error
        found.append(Purge(what, number, day, moment))
    return tuple(found)


def read_journal(connection: sqlite3.Connection) -> Journal:
    """Return what is logged, as it stands."""
    return Journal(
        read_entries(connection).visits,
        read_changes(connection),
        read_sums(connection),
        last_learned(connection),
    )


def read_sums(connection: sqlite3.Connection) -> tuple[MonthSum, ...]:
    """Return what is left of the visits that were removed, one sum per place and month."""
    found: list[MonthSum] = []
    for number, place, month, *numbers in connection.execute(
        "SELECT id, place, month, visits, missed, seconds, met, new FROM month_sums ORDER BY id"
    ):
        try:
            found.append(MonthSum(place, dt.date.fromisoformat(f"{month}-01"), *numbers))
        except (ValueError, TypeError) as error:
            raise UnreadableRowError(number) from error
    return merged(found)


def last_learned(connection: sqlite3.Connection) -> Learned | None:
    """Return what the visits that were removed have taught; None if none were."""
    row = connection.execute("SELECT id, state FROM learned ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    try:
        return read_learned(row[1])
    except (ValueError, TypeError) as error:
        raise UnreadableRowError(row[0]) from error
