"""Answers of servers that are kept until a download is done, so that a broken one goes on."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from hashlib import sha256
from pathlib import Path

# Data of another day do not belong with today's.
LONGEST_KEPT_S = 24 * 3600
_DATE = re.compile(rb'"timestamp_osm_base": ?"(\d{4}-\d\d-\d\d)')


def cache_folder(job: str) -> Path:
    """Return where the answers of one job are kept, in the user's folder for such files.

    Parameters
    ----------
    job : str
        Tells one download from another.
    """
    system = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME"
    base = Path(os.environ.get(system) or Path.home() / ".cache")
    return base.absolute() / "outreach-tours" / sha256(job.encode()).hexdigest()[:16]


def forget_old(folder: Path) -> None:
    """Remove answers older than a day.

    Raises
    ------
    OSError
    """
    eldest = time.time() - LONGEST_KEPT_S
    for path in folder.glob("*.json"):
        if path.stat().st_mtime < eldest:
            path.unlink()


def forget(folder: Path) -> None:
    """Remove all answers of a job."""
    shutil.rmtree(folder, ignore_errors=True)


def date_of(folder: Path) -> str:
    """Return the day of the oldest data in a folder of answers, ISO 8601; empty if none says."""
    found = set()
    for path in folder.glob("*.json"):
        with path.open("rb") as file:
            found |= set(_DATE.findall(file.read(2_000)))
    return min(found).decode() if found else ""
