"""The clock of the command line: the day and the moment at which a command runs."""

from __future__ import annotations

import datetime as dt


def today() -> dt.date:
    """Return the day on which a command runs, where the bus drives."""
    from tours.localtime import ZONE

    return dt.datetime.now(ZONE).date()


def moment() -> dt.datetime:
    """Return the moment at which something is logged, UTC."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0)
