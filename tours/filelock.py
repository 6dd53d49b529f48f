"""A lock on a file, so that of several writers one writes at a time; it ends with its process."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from tours.errors import TeamError

_ = translator("tours")

WAIT_S = 10.0
_PAUSE_S = 0.05


def _try_lock(handle: int) -> bool:
    """Take the lock of an open file; False where another process has it.

    Some network drives know no locks and raise an OSError of another kind.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


@contextmanager
def locked(path: Path, *, wait_s: float = WAIT_S) -> Iterator[None]:
    """Hold the only right to write a file, until the block or the process ends.

    The lock is on a hidden file beside it, since the file itself is replaced by each write.

    Parameters
    ----------
    path : Path
        Need not be there; its folder must.
    wait_s : float
        So many seconds somebody else may keep it.

    Raises
    ------
    TeamError
        If somebody else keeps it longer, or there can be no lock.
    """
    beside = path.with_name(f".{path.name}.lock")
    try:
        handle = os.open(beside, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        _wait_for(handle, path, wait_s)
        yield
    finally:
        os.close(handle)


def _wait_for(handle: int, path: Path, wait_s: float) -> None:
    until = time.monotonic() + wait_s
    try:
        while not _try_lock(handle):
            if time.monotonic() > until:
                raise TeamError(
                    _("Another program is writing to the file"),
                    where=str(path),
                    remedy=_("Try again in a moment"),
                )
            time.sleep(_PAUSE_S)
    except OSError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> TeamError:
    return TeamError(
        _("It cannot be written ({reason})").format(reason=reason_of(error)),
        where=str(path),
        remedy=_("Check that the folder may be written and the disk is not full"),
    )
