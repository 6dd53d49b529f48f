"""Why a file cannot be read or written, in words, and where it is not UTF-8."""

from __future__ import annotations

import csv
import errno
import re
from json import JSONDecodeError

from geodata.language import translator

_ = translator("geodata")

# What Python says of a text that ought to be a number.
_NO_NUMBER = re.compile(
    r"(?:invalid literal for int\(\) with base 10|could not convert string to float): '(.*)'",
    re.DOTALL,
)


def reason_of(error: Exception) -> str:
    """Return why a file cannot be read or written; a rare reason stays in the words it came in."""
    if isinstance(error, UnicodeDecodeError):
        return _("not in UTF-8, line {line}").format(line=line_of(error))
    if isinstance(error, UnicodeEncodeError):
        return _("it holds broken letters")
    if isinstance(error, JSONDecodeError):
        return _("no JSON from line {line}, column {column} on").format(
            line=error.lineno, column=error.colno
        )
    if isinstance(error, csv.Error):
        return _("a line of it is no line of a table")
    if isinstance(error, RecursionError):
        return _("nested too deeply")
    if isinstance(error, KeyError) and error.args:
        return _("{name} is missing").format(name=error.args[0])
    if isinstance(error, TypeError | AttributeError):
        return _("something in it is of another kind than it must be")
    if match := _NO_NUMBER.match(str(error)):
        return _("“{value}” is no number").format(value=match[1])
    if isinstance(error, OSError):
        known = {
            errno.ENOENT: _("it is not there"),
            errno.ENOTDIR: _("it is not there"),
            errno.EACCES: _("it is not permitted"),
            errno.EPERM: _("it is not permitted"),
            errno.EROFS: _("the disk is write-protected"),
            errno.EISDIR: _("it is a folder"),
            errno.ELOOP: _("it is a link that leads back to itself"),
            errno.ENXIO: _("it cannot be opened"),
            errno.ENAMETOOLONG: _("its name is too long"),
            errno.ENOSPC: _("the disk is full"),
        }
        return known.get(error.errno or 0) or error.strerror or str(error)
    return str(error) or error.__class__.__name__


def line_of(error: UnicodeDecodeError) -> int:
    """Return the line of the byte that is not UTF-8, counted from 1."""
    return error.object.count(b"\n", 0, error.start) + 1
