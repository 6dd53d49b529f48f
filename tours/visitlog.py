"""The visit log: visits.db, one SQLite file to which rows are only added.

A correction is a new row that points to the one it replaces, and so is a withdrawal. Every write
is one transaction that waits for others and is on the disk before it is confirmed.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from geodata.language import translator
from tours.errors import VisitError
from tours.visitbackup import back_up, backup_folder
from tours.visits import Change, Journal, PlannedStop, Visit, in_order
from tours.visitschema import bring_up, roll_back

_ = translator("tours")

WAIT_S = 30.0
_VISIT_COLUMNS = (
    *("place", "date", "arrival_s", "departure_s", "met", "new", "reason"),
    *("week", "tour", "planned_arrival_s", "planned_start_s", "planned_departure_s"),
    *("logged_at", "replaces", "is_withdrawn"),
)


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
    rows : tuple of Row
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


Decide = Callable[[Entries], Sequence[Visit]]


@dataclass(frozen=True, slots=True)
class VisitLog:
    """The visit log of a workspace. A file is made by the first write.

    Attributes
    ----------
    path : Path
    """

    path: Path

    def entries(self) -> Entries:
        """Read every row.

        Raises
        ------
        VisitError
            If the file is no visit log, or of a newer program.
        """
        if not self.path.exists():
            return Entries(())
        with self._open("rw") as connection:
            return _entries(connection)

    def journal(self) -> Journal:
        """Read what is logged, as it stands."""
        if not self.path.exists():
            return Journal()
        with self._open("rw") as connection:
            # One transaction, so that visits and changes are of the same moment.
            connection.execute("BEGIN")
            visits, changes = _entries(connection).visits, _changes(connection)
            connection.execute("COMMIT")
        return Journal(visits, changes)

    def add(self, decide: Decide, *, now: dt.datetime) -> tuple[Visit, ...]:
        """Log visits, all of them or none.

        Parameters
        ----------
        decide : callable
            Returns the visits to add, from all that is logged; nobody else writes meanwhile. It
            may raise, and nothing is added then.
        now : datetime
            UTC.

        Returns
        -------
        tuple of Visit
            With their ids.
        """
        with self._writing(now) as connection:
            visits = [replace(visit, id=0, logged_at=now) for visit in decide(_entries(connection))]
            return tuple(
                replace(visit, id=_insert(connection, visit, None, False)) for visit in visits
            )

    def correct(
        self, id_: int, change: Callable[[Visit, Entries], Visit], *, now: dt.datetime
    ) -> Visit:
        """Log a row that replaces the last one about a visit.

        Parameters
        ----------
        id_ : int
        change : callable
            Returns the visit as it ought to be, from what it is and all that is logged.
        now : datetime
            UTC.

        Raises
        ------
        VisitError
            If there is no such visit.
        """
        with self._writing(now) as connection:
            entries = _entries(connection)
            row = _standing(entries, id_)
            visit = replace(change(row.visit, entries), id=id_, logged_at=now)
            _insert(connection, visit, row.number, False)
            return visit

    def withdraw(self, id_: int, *, now: dt.datetime) -> Visit:
        """Log a row that takes a visit back.

        Raises
        ------
        VisitError
            If there is no such visit.
        """
        with self._writing(now) as connection:
            row = _standing(_entries(connection), id_)
            _insert(connection, replace(row.visit, logged_at=now), row.number, True)
            return row.visit

    def say(self, change: Change, *, now: dt.datetime) -> None:
        """Log what the team says about a place; the last word about a day holds."""
        with self._writing(now) as connection:
            connection.execute(
                "INSERT INTO changes (place, date, has_changed, logged_at) VALUES (?, ?, ?, ?)",
                (change.place, change.date.isoformat(), change.has_changed, _moment(now)),
            )

    @contextmanager
    def _writing(self, now: dt.datetime) -> Iterator[sqlite3.Connection]:
        """Hold the only right to write until the block ends; then all is on the disk."""
        with self._open("rwc") as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                roll_back(connection)
                raise
            connection.execute("COMMIT")
            self._copy(connection, now.date())

    def _copy(self, connection: sqlite3.Connection, day: dt.date) -> None:
        try:
            back_up(connection, self.path, day)
        except (OSError, sqlite3.Error) as error:
            raise VisitError(
                _(
                    "It is logged, but the day's copy of the log cannot be written ({reason})"
                ).format(reason=error),
                where=str(backup_folder(self.path)),
                remedy=_("Check that the folder may be written and the disk is not full"),
            ) from error

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        uri = f"{self.path.resolve().as_uri()}?mode={mode}"
        try:
            with closing(
                sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None)
            ) as connection:
                # A journal beside the file works on network drives, too; a write is confirmed
                # once it is on the disk.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                bring_up(connection, self.path)
                yield connection
        except sqlite3.Error as error:
            raise self._unusable(error) from error
        except _UnreadableError as error:
            raise VisitError(
                _("Row {number} of the visit log cannot be read").format(number=error),
                where=str(self.path),
                remedy=_("Restore the log from the folder backups"),
            ) from error

    def _unusable(self, error: sqlite3.Error) -> VisitError:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return VisitError(
                _("Another program is writing to the visit log"),
                where=str(self.path),
                remedy=_("Try again in a moment"),
            )
        if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
            return VisitError(
                _("The visit log cannot be read: the file is damaged or no visit log"),
                where=str(self.path),
                remedy=_("Move it elsewhere, and restore the log from the folder backups"),
            )
        return VisitError(
            _("The visit log cannot be used ({reason})").format(reason=error),
            where=str(self.path),
            remedy=_("Check that the folder may be written and the disk is not full"),
        )


class _UnreadableError(Exception):
    """A row holds what no version of the program writes."""


def _moment(now: dt.datetime) -> str:
    return now.astimezone(dt.UTC).isoformat(timespec="seconds")


def _insert(
    connection: sqlite3.Connection, visit: Visit, replaces: int | None, is_withdrawn: bool
) -> int:
    planned = visit.planned
    values = (
        *(visit.place, visit.date.isoformat(), visit.arrival_s, visit.departure_s),
        *(visit.met, visit.new, visit.reason),
        *((None,) * 5 if planned is None else astuple(planned)),
        *(_moment(visit.logged_at or dt.datetime.now(dt.UTC)), replaces, is_withdrawn),
    )
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        f"INSERT INTO visits ({', '.join(_VISIT_COLUMNS)}) VALUES ({marks})", values
    )
    return int(cursor.lastrowid or 0)


def _standing(entries: Entries, id_: int) -> Entry:
    row = entries.current.get(id_)
    if row is None or row.is_withdrawn:
        what = (
            _("There is no visit {id}") if row is None else _("Visit {id} was already taken back")
        )
        raise VisitError(
            what.format(id=id_), remedy=_("“tours visit list” shows the visits with their numbers")
        )
    return row


def _entries(connection: sqlite3.Connection) -> Entries:
    roots: dict[int, int] = {}
    rows: list[Entry] = []
    columns = ", ".join(("id", *_VISIT_COLUMNS))
    for number, *cells in connection.execute(f"SELECT {columns} FROM visits ORDER BY id"):
        place, date, arrival, departure, met, new, reason = cells[:7]
        week, tour, *planned = cells[7:12]
        logged_at, replaces, is_withdrawn = cells[12:]
        roots[number] = roots.get(replaces, number)
        try:
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
            raise _UnreadableError(number) from error
        rows.append(Entry(number, visit, bool(is_withdrawn)))
    return Entries(tuple(rows))


def _changes(connection: sqlite3.Connection) -> tuple[Change, ...]:
    found: dict[tuple[str, str], Change] = {}
    for place, date, has_changed in connection.execute(
        "SELECT place, date, has_changed FROM changes ORDER BY id"
    ):
        found[date, place] = Change(place, dt.date.fromisoformat(date), bool(has_changed))
    return tuple(found[key] for key in sorted(found))
