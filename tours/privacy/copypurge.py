"""Copies of the visit log without old visits: they are read, and written anew without these."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tours.errors import VisitError
from tours.visits.backup import backup_folder, write_copy
from tours.visits.purge import Learn, remove_visits, rows_before
from tours.visits.rows import UnreadableRowError, read_entries
from tours.visits.schema import APPLICATION, VERSION, bring_up

_BEFORE_AN_UPDATE = "visits-version-"


@dataclass(frozen=True, slots=True)
class CopyDue:
    """A copy that holds old visits, or may hold some.

    Attributes
    ----------
    path : Path
    rows : int or None
        Rows about old visits; None where the file is damaged.
    """

    path: Path
    rows: int | None

    @property
    def goes(self) -> bool:
        """Whether the file is removed, and not written anew.

        One from before an update cannot keep the form for which it was kept; nobody knows what
        is in a damaged one.
        """
        return self.rows is None or self.path.name.startswith(_BEFORE_AN_UPDATE)


def copies_due(log: Path, before: dt.date) -> tuple[tuple[CopyDue, ...], tuple[Path, ...]]:
    """Return the copies of a log in its folder and in the folder backups that are due.

    Returns
    -------
    tuple of CopyDue
    tuple of Path
        Databases that cannot be looked at: of a newer program, or locked.
    """
    due: list[CopyDue] = []
    closed: list[Path] = []
    for path in _databases(log):
        try:
            rows = _num_rows(path, before)
        except UnreadableRowError:
            rows = None
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", "")
            if path.parent != backup_folder(log) or not name.startswith(
                ("SQLITE_NOTADB", "SQLITE_CORRUPT")
            ):
                closed.append(path)
                continue
            rows = None
        except VisitError:
            closed.append(path)
            continue
        if rows != 0:
            due.append(CopyDue(path, rows))
    return tuple(due), tuple(closed)


def _databases(log: Path) -> Iterator[Path]:
    for folder in (log.parent, backup_folder(log)):
        if folder.is_dir():
            yield from sorted(p for p in folder.glob("*.db") if p.is_file() and p != log)


def _num_rows(path: Path, before: dt.date) -> int:
    with closing(_opened(path)) as connection:
        application, version = (
            int(connection.execute(f"PRAGMA {name}").fetchone()[0])
            for name in ("application_id", "user_version")
        )
        if application != APPLICATION:
            return 0
        if version > VERSION:
            raise VisitError("newer")
        return len(rows_before(read_entries(connection), before))


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)


def purge_copy(copy: CopyDue, before: dt.date, learn: Learn, now: dt.datetime) -> None:
    """Write a copy anew without the visits before a day, whole or not at all; or remove it.

    The work is done in memory, so that no file holds the old rows meanwhile.
    """
    if copy.goes:
        copy.path.unlink(missing_ok=True)
        return
    # The oldest copy goes of itself when that of the day is made.
    if not copy.path.exists():
        return
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with closing(_opened(copy.path)) as old:
            old.backup(connection)
        bring_up(connection, copy.path, keeps_copy=False)
        connection.execute("BEGIN")
        remove_visits(connection, before, learn, now)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        write_copy(connection, copy.path, copy.path.stat().st_mode & 0o777)
