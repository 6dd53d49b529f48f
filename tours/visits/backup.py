"""Copies of the visit log, one a day, the last thirty of them, in the folder backups."""

from __future__ import annotations

import datetime as dt
import os
import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

KEPT = 30
# What an unfinished file is called.
DRAFT = ".tours-"
_DAILY = re.compile(r"visits-\d{4}-\d{2}-\d{2}\.db")


def backup_folder(log: Path) -> Path:
    """Return the folder of the copies of a log."""
    return log.parent / "backups"


def copies(log: Path) -> tuple[Path, ...]:
    """Return the copies of a log, those before an update among them, by name."""
    return tuple(sorted(backup_folder(log).glob("visits-*.db")))


def is_daily(copy: Path) -> bool:
    """Tell whether a copy is that of a day, and not one from before an update."""
    return _DAILY.fullmatch(copy.name) is not None


def write_copy(connection: sqlite3.Connection, target: Path, mode: int) -> None:
    """Write a database to a file, whole or not at all."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=DRAFT)
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
        draft.chmod(mode)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def back_up(connection: sqlite3.Connection, log: Path, when: dt.date | str) -> Path:
    """Copy a log as it is now, whole or not at all; the day's former copy is replaced.

    Parameters
    ----------
    connection : Connection
        To the log.
    log : Path
    when : date or str
        The day, or a word that is no day: such copies are kept for good.
    """
    folder = backup_folder(log)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"visits-{when}.db"
    # Whoever may read the log may read its copies.
    write_copy(connection, target, log.stat().st_mode & 0o777)
    daily = sorted(path for path in folder.iterdir() if _DAILY.fullmatch(path.name))
    for path in daily[:-KEPT]:
        path.unlink(missing_ok=True)
    return target
