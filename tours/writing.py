"""Writing that leaves no halves: a file is written whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from geodata.filefault import reason_of
from geodata.language import translator
from tours.errors import WorkspaceError

_ = translator("tours")


def unwritable(path: Path, error: OSError) -> WorkspaceError:
    """Return the fault of a file or folder that cannot be written."""
    return WorkspaceError(
        _("It cannot be written ({reason})").format(reason=reason_of(error)),
        where=str(path),
        remedy=_("Check that the folder may be written and the disk is not full"),
    )


def _mode(target: Path) -> int:
    """Return the permissions a file has, or would get if it were new."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def write_files(contents: Mapping[Path, bytes]) -> None:
    """Write files whole: first all of them under other names, then rename.

    Raises
    ------
    WorkspaceError
        If a file cannot be written; then none is, unless the disk fails while renaming.
    """
    drafts: dict[Path, Path] = {}
    target = Path()
    try:
        for target, content in contents.items():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=target.parent, prefix=".tours-")
            drafts[target] = Path(name)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            drafts[target].chmod(_mode(target))
        for target, draft in drafts.items():
            draft.replace(target)
    except OSError as error:
        raise unwritable(target, error) from error
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
