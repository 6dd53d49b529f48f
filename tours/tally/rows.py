"""The rows of the monthly tally: to and from SQLite; the last word about a number holds."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable

from tours.tally.tally import Tally
from tours.visits.rows import UnreadableRowError, moment_text


def insert_tallies(
    connection: sqlite3.Connection, tallies: Iterable[Tally], now: dt.datetime
) -> None:
    """Add numbers, each in the place of what was said of it before."""
    connection.executemany(
        "INSERT INTO tallies (area, month, kind, item, count, logged_at) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (one.area, f"{one.month:%Y-%m}", one.kind, one.item, one.count, moment_text(now))
            for one in tallies
        ],
    )


def read_tallies(connection: sqlite3.Connection) -> tuple[Tally, ...]:
    """Return the numbers as they stand, in order of month and area, items as first counted."""
    found: dict[tuple[str, str, str, str], Tally] = {}
    for number, area, month, kind, item, count in connection.execute(
        "SELECT id, area, month, kind, item, count FROM tallies ORDER BY id"
    ):
        try:
            one = Tally(area, dt.date.fromisoformat(f"{month}-01"), kind, item, int(count))
        except (ValueError, TypeError) as error:
            raise UnreadableRowError(number) from error
        found[month, area, kind, item] = one
    return tuple(sorted(found.values(), key=lambda one: (one.month, one.area)))
