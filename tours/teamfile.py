"""A list that the team keeps as a CSV file: its text, or why it cannot be read."""

from __future__ import annotations

from pathlib import Path

from geodata.filefault import line_of, reason_of
from geodata.language import translator
from tours.errors import TeamError

_ = translator("tours")


def team_text(path: Path) -> str:
    """Return the text of a list; empty where there is no file.

    Raises
    ------
    TeamError
        If the file cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise TeamError(
            _("The list cannot be read ({reason})").format(reason=reason_of(error)),
            where=str(path),
            remedy=_("Restore the file from a copy, or remove it"),
        ) from error
    except UnicodeDecodeError as error:
        raise TeamError(
            _("The file is not UTF-8 (line {line})").format(line=line_of(error)),
            where=str(path),
            remedy=_("Save it in the spreadsheet as “CSV UTF-8”"),
        ) from error
