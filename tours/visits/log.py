"""The visit log: visits.db, one SQLite file to which rows are only added.

A correction is a new row that points to the one it replaces, and so is a withdrawal. Every write
is one transaction that waits for others and is on the disk before it is confirmed.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from tours.errors import VisitError
from tours.tally.rows import insert_tallies, read_tallies
from tours.tally.tally import Tally
from tours.visits.backup import back_up, backup_folder, copies
from tours.visits.purge import (
    Learn,
    Purge,
    note_purge,
    read_journal,
    read_purges,
    remove_visits,
)
from tours.visits.rows import (
    Entries,
    UnreadableRowError,
    insert_change,
    insert_visit,
    read_entries,
    standing,
)
from tours.visits.schema import bring_up, roll_back
from tours.visits.visit import Change, Journal, Visit

_ = translator("tours")

WAIT_S = 30.0
Decide = Callable[[Entries], Sequence[Visit]]
DecideTallies = Callable[[tuple[Tally, ...]], Sequence[Tally]]


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
        if not self._is_there():
            return Entries(())
        with self._open("rw") as connection:
            return read_entries(connection)

    def journal(self) -> Journal:
        """Read what is logged, as it stands."""
        if not self._is_there():
            return Journal()
        with self._open("rw") as connection:
            # One transaction, so that all is of the same moment.
            connection.execute("BEGIN")
            journal = read_journal(connection)
            connection.execute("COMMIT")
        return journal

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
            visits = [
                replace(visit, id=0, logged_at=now) for visit in decide(read_entries(connection))
            ]
            return tuple(
                replace(visit, id=insert_visit(connection, visit, None, False)) for visit in visits
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
            entries = read_entries(connection)
            row = standing(entries, id_)
            visit = replace(change(row.visit, entries), id=id_, logged_at=now)
            insert_visit(connection, visit, row.number, False)
            return visit

    def withdraw(self, id_: int, *, now: dt.datetime) -> Visit:
        """Log a row that takes a visit back.

        Raises
        ------
        VisitError
            If there is no such visit.
        """
        with self._writing(now) as connection:
            row = standing(read_entries(connection), id_)
            insert_visit(connection, replace(row.visit, logged_at=now), row.number, True)
            return row.visit

    def say(self, change: Change, *, now: dt.datetime) -> None:
        """Log what the team says about a place; the last word about a day holds."""
        with self._writing(now) as connection:
            insert_change(connection, change, now)

    def tallies(self) -> tuple[Tally, ...]:
        """Read the monthly tally as it stands."""
        if not self._is_there():
            return ()
        with self._open("rw") as connection:
            return read_tallies(connection)

    def count(self, tallies: Sequence[Tally], *, now: dt.datetime) -> None:
        """Log numbers of the monthly tally; the last word about each holds."""
        with self._writing(now) as connection:
            insert_tallies(connection, tallies, now)

    def count_decided(self, decide: DecideTallies, *, now: dt.datetime) -> tuple[Tally, ...]:
        """Log numbers of the monthly tally, all of them or none, and return them.

        Parameters
        ----------
        decide : callable
            Returns the numbers to log, from those that stand; nobody else writes meanwhile. It
            may raise, and nothing is logged then.
        now : datetime
            UTC.
        """
        with self._writing(now) as connection:
            tallies = tuple(decide(read_tallies(connection)))
            insert_tallies(connection, tallies, now)
            return tallies

    def purges(self) -> tuple[Purge, ...]:
        """Read what was removed, oldest first."""
        if not self._is_there():
            return ()
        with self._open("rw") as connection:
            return read_purges(connection)

    def purge(
        self, before: dt.date, learn: Learn, *, now: dt.datetime, expected: frozenset[int]
    ) -> int:
        """Put sums of place and month in the place of all visits before a day.

        All of them or none. Their bytes are overwritten, and the file is written anew.

        Parameters
        ----------
        before : date
        learn : callable
            Returns what the visits of a journal have taught.
        now : datetime
            UTC.
        expected : frozenset of int
            Numbers of the rows that somebody has agreed to.

        Returns
        -------
        int
            How many rows went.

        Raises
        ------
        VisitError
            If other rows are due meanwhile.
        """
        with self._open("rw") as connection:
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("BEGIN IMMEDIATE")
            try:
                number = remove_visits(connection, before, learn, now, expected)
            except BaseException:
                roll_back(connection)
                raise
            connection.execute("COMMIT")
            connection.execute("VACUUM")
            if number:
                self._copy(connection, now.date())
            return number

    def note(self, purges: Sequence[Purge]) -> None:
        """Write down what was removed elsewhere."""
        with self._open("rwc") as connection:
            connection.execute("BEGIN IMMEDIATE")
            for one in purges:
                note_purge(connection, one)
            connection.execute("COMMIT")

    def _is_there(self) -> bool:
        """Tell whether anything was logged; a lost log is not taken for a new one."""
        # A link may lead to a drive that is not there just now.
        if self.path.is_symlink() or (self.path.exists() and self.path.stat().st_size):
            return True
        if copies(self.path):
            raise VisitError(
                _("The visit log is gone or empty, yet there are copies of it"),
                where=str(self.path),
                remedy=_(
                    "Restore the log from the folder backups; to begin a new one, move that folder "
                    "elsewhere"
                ),
            )
        return self.path.exists()

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
                ).format(reason=reason_of(error)),
                where=str(backup_folder(self.path)),
                remedy=_("Check that the folder may be written and the disk is not full"),
            ) from error

    @contextmanager
    def _open(self, mode: str) -> Iterator[sqlite3.Connection]:
        uri = f"{self.path.absolute().as_uri()}?mode={mode}"
        try:
            if not self._is_there() and mode == "rwc":
                # What tells of visits is nobody else's; copies get the rights of the log.
                with suppress(OSError):
                    os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            with closing(
                sqlite3.connect(uri, uri=True, timeout=WAIT_S, isolation_level=None)
            ) as connection:
                # A journal beside the file works on network drives, too; a write is confirmed
                # once it is on the disk.
                connection.execute("PRAGMA synchronous = FULL")
                connection.execute("PRAGMA foreign_keys = ON")
                bring_up(connection, self.path)
                yield connection
        except (sqlite3.Error, UnicodeDecodeError) as error:
            raise self._unusable(error) from error
        except UnreadableRowError as error:
            raise VisitError(
                _("Row {number} of the visit log cannot be read").format(number=error),
                where=str(self.path),
                remedy=_("Restore the log from the folder backups"),
            ) from error

    def _unusable(self, error: sqlite3.Error | UnicodeDecodeError) -> VisitError:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return VisitError(
                _("Another program is writing to the visit log"),
                where=str(self.path),
                remedy=_("Try again in a moment"),
            )
        # What SQLite says of a damaged table may quote it, and then is no text.
        if isinstance(error, UnicodeDecodeError) or name.startswith(
            ("SQLITE_NOTADB", "SQLITE_CORRUPT")
        ):
            return VisitError(
                _("The visit log cannot be read: the file is damaged or no visit log"),
                where=str(self.path),
                remedy=_("Move it elsewhere, and restore the log from the folder backups"),
            )
        known = {
            "SQLITE_FULL": errno.ENOSPC,
            "SQLITE_READONLY": errno.EACCES,
            "SQLITE_CANTOPEN": errno.ENXIO,
        }
        number = next((known[one] for one in known if name.startswith(one)), None)
        reason = str(error) if number is None else reason_of(OSError(number, str(error)))
        return VisitError(
            _("The visit log cannot be used ({reason})").format(reason=reason),
            where=str(self.path),
            remedy=_("Check that the folder may be written and the disk is not full"),
        )
