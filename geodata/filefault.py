"""Why a file cannot be read or written, in words, and where it is not UTF-8."""

from __future__ import annotations

import errno

from geodata.language import translator

_ = translator("geodata")


def reason_of(error: OSError) -> str:
    """Return why the system refuses a file; a rare reason stays in the words of the system."""
    known = {
        errno.ENOENT: _("it is not there"),
        errno.ENOTDIR: _("it is not there"),
        errno.EACCES: _("it is not permitted"),
        errno.EPERM: _("it is not permitted"),
        errno.EROFS: _("the disk is write-protected"),
        errno.EISDIR: _("it is a folder"),
        errno.ENOSPC: _("the disk is full"),
    }
    return known.get(error.errno or 0) or error.strerror or str(error)


def line_of(error: UnicodeDecodeError) -> int:
    """Return the line of the byte that is not UTF-8, counted from 1."""
    return error.object.count(b"\n", 0, error.start) + 1
