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
_DAILY = re.compile(r"visits-\d{4}-\d{2}-\d{2}\.db")


def backup_folder(log: Path) -> Path:
    """Return the folder of the copies of a log."""
    return log.parent / "backups"


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
    handle, name = tempfile.mkstemp(dir=folder, prefix=".tours-")
    os.close(handle)
    draft = Path(name)
    try:
        with closing(sqlite3.connect(draft)) as copy:
            connection.backup(copy)
        # Whoever may read the log may read its copies.
        draft.chmod(log.stat().st_mode & 0o777)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    daily = sorted(path for path in folder.iterdir() if _DAILY.fullmatch(path.name))
    for path in daily[:-KEPT]:
        path.unlink(missing_ok=True)
    return target
