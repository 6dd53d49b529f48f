"""One line that says that something is due to be removed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from rich.text import Text

from geodata.errors import OutreachError
from geodata.language import translator
from tours.cli.terminal import say

if TYPE_CHECKING:
    from tours.workspace import Workspace

_ = translator("tours")


def remind(space: Workspace, today: dt.date) -> None:
    """Say in one line if visits or appointments are due to be removed.

    What is wrong with a file is said by the commands that need it.
    """
    from tours.privacy.retention import retention_of

    try:
        is_due = retention_of(space, today).seems_due()
    except OutreachError:
        return
    if is_due:
        say(
            Text(
                _(
                    "Data are due to be removed by the limits of region.toml; “tours privacy” "
                    "shows them."
                )
            )
        )
