"""The tables of the visit log, their versions, and how an older file is brought up to them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from geodata.language import translator
from tours.errors import VisitError
from tours.visits.backup import back_up

_ = translator("tours")

# Spells "Tour": tells our file from other SQLite files.
APPLICATION = 0x546F7572
# Step n takes a file from version n to n + 1; a new file takes all of them.
STEPS = (
    """
    CREATE TABLE visits (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        replaces INTEGER UNIQUE REFERENCES visits (id),
        is_withdrawn INTEGER NOT NULL DEFAULT 0 CHECK (is_withdrawn IN (0, 1)),
        place TEXT NOT NULL,
        date TEXT NOT NULL,
        arrival_s INTEGER NOT NULL,
        departure_s INTEGER NOT NULL,
        met INTEGER NOT NULL CHECK (met >= 0),
        new INTEGER NOT NULL CHECK (new BETWEEN 0 AND met),
        reason TEXT NOT NULL DEFAULT '',
        week TEXT,
        tour TEXT,
        planned_arrival_s INTEGER,
        planned_start_s INTEGER,
        planned_departure_s INTEGER,
        logged_at TEXT NOT NULL
    );
    CREATE TRIGGER visits_are_not_changed BEFORE UPDATE ON visits
        BEGIN SELECT RAISE(ABORT, 'visits are only added'); END;
    CREATE TRIGGER visits_are_not_removed BEFORE DELETE ON visits
        BEGIN SELECT RAISE(ABORT, 'visits are only added'); END;
    """,
    """
    CREATE TABLE changes (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        place TEXT NOT NULL,
        date TEXT NOT NULL,
        has_changed INTEGER NOT NULL CHECK (has_changed IN (0, 1)),
        logged_at TEXT NOT NULL
    );
    CREATE TRIGGER changes_are_not_changed BEFORE UPDATE ON changes
        BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
    CREATE TRIGGER changes_are_not_removed BEFORE DELETE ON changes
        BEGIN SELECT RAISE(ABORT, 'changes are only added'); END;
    """,
    # From here on a purge can remove visits, and only a purge: those that stand in being_removed,
    # which is empty outside of its transaction.
    """
    CREATE TABLE being_removed (row INTEGER PRIMARY KEY);
    DROP TRIGGER IF EXISTS visits_are_not_removed;
    CREATE TRIGGER visits_are_not_removed BEFORE DELETE ON visits
        WHEN OLD.id NOT IN (SELECT row FROM being_removed)
        BEGIN SELECT RAISE(ABORT, 'visits are only added'); END;
    CREATE TABLE purges (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        what TEXT NOT NULL,
        number INTEGER NOT NULL,
        before TEXT NOT NULL,
        purged_at TEXT NOT NULL
    );
    CREATE TRIGGER purges_are_not_changed BEFORE UPDATE ON purges
        BEGIN SELECT RAISE(ABORT, 'purges are only added'); END;
    CREATE TRIGGER purges_are_not_removed BEFORE DELETE ON purges
        BEGIN SELECT RAISE(ABORT, 'purges are only added'); END;
    CREATE TABLE month_sums (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        purge INTEGER NOT NULL REFERENCES purges (id),
        place TEXT NOT NULL,
        month TEXT NOT NULL,
        visits INTEGER NOT NULL CHECK (visits >= 0),
        missed INTEGER NOT NULL CHECK (missed >= 0),
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        met INTEGER NOT NULL CHECK (met >= 0),
        new INTEGER NOT NULL CHECK (new BETWEEN 0 AND met)
    );
    CREATE TRIGGER month_sums_are_not_changed BEFORE UPDATE ON month_sums
        BEGIN SELECT RAISE(ABORT, 'month sums are only added'); END;
    CREATE TRIGGER month_sums_are_not_removed BEFORE DELETE ON month_sums
        BEGIN SELECT RAISE(ABORT, 'month sums are only added'); END;
    CREATE TABLE learned (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        purge INTEGER NOT NULL REFERENCES purges (id),
        state TEXT NOT NULL
    );
    CREATE TRIGGER learned_is_not_changed BEFORE UPDATE ON learned
        BEGIN SELECT RAISE(ABORT, 'what was learned is only added'); END;
    CREATE TRIGGER learned_is_not_removed BEFORE DELETE ON learned
        BEGIN SELECT RAISE(ABORT, 'what was learned is only added'); END;
    CREATE TABLE tallies (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        area TEXT NOT NULL,
        month TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('age', 'topic')),
        item TEXT NOT NULL,
        count INTEGER CHECK (count >= 0),
        logged_at TEXT NOT NULL
    );
    CREATE TRIGGER tallies_are_not_changed BEFORE UPDATE ON tallies
        BEGIN SELECT RAISE(ABORT, 'tallies are only added'); END;
    CREATE TRIGGER tallies_are_not_removed BEFORE DELETE ON tallies
        BEGIN SELECT RAISE(ABORT, 'tallies are only added'); END;
    """,
)
VERSION = len(STEPS)


def bring_up(connection: sqlite3.Connection, path: Path, *, keeps_copy: bool = True) -> None:
    """Bring a log to the version of this program, after a copy of what it was.

    Parameters
    ----------
    connection : Connection
    path : Path
        Of the file.
    keeps_copy : bool
        Whether a copy is made.

    Raises
    ------
    VisitError
        If it is no visit log, or of a newer program.
    """
    if _pragma(connection, "user_version") == VERSION:
        _check(connection, path)
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it meanwhile.
        version = _check(connection, path)
        for step in STEPS[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        if keeps_copy and 0 < version < VERSION:
            uri = f"{path.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True)) as before:
                back_up(before, path, f"version-{version}")
    except BaseException:
        roll_back(connection)
        raise
    connection.execute("COMMIT")


def roll_back(connection: sqlite3.Connection) -> None:
    """End a transaction without a trace."""
    # On a full disk the database has done so already.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """Return the version of the file; refuse what is not ours, or newer."""
    version = _pragma(connection, "user_version")
    tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if (tables or version) and _pragma(connection, "application_id") != APPLICATION:
        raise VisitError(
            _("This SQLite file is no visit log"),
            where=str(path),
            remedy=_("Move it elsewhere, or restore the log from the folder backups"),
        )
    if version > VERSION:
        raise VisitError(
            _("The visit log was written by a newer version of the program"),
            where=str(path),
            remedy=_("Install that version on this computer, too"),
        )
    return version


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; not by `executescript`, which would commit."""
    statement = ""
    for line in script.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
